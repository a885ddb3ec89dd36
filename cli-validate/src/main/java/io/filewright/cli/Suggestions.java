package io.filewright.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Names that somebody may have meant. Bounded, as a directory may be large and a command line may
/// be wrong in every word.
final class Suggestions {

  /// How many entries of a directory are considered.
  static final int MOST_ENTRIES = 10_000;

  /// How many names of one run are looked for; further ones get no suggestion.
  static final int MOST_SEARCHES = 100;

  /// How many typing errors a name may have at the most, one for each four letters.
  private static final int MOST_ERRORS = 3;

  private final Map<Path, List<String>> entries = new HashMap<>();
  private int searches;

  /// The entry of a directory that is nearest to a name, if one is near.
  Optional<String> similar(Path directory, String name) {
    if (++searches > MOST_SEARCHES) {
      return Optional.empty();
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    int errors = Math.min(MOST_ERRORS, 1 + wanted.length() / 4);
    Optional<String> best = Optional.empty();
    for (String entry : entries.computeIfAbsent(directory, Suggestions::list)) {
      int limit = best.isEmpty() ? errors : errors - 1;
      if (Math.abs(entry.length() - wanted.length()) <= limit) {
        int distance = EditDistance.between(wanted, entry.toLowerCase(Locale.ROOT));
        if (distance <= limit && distance < wanted.length()) {
          best = Optional.of(entry);
          errors = distance;
        }
      }
    }
    return best;
  }

  /// In alphabetical order, so that the answer is the same each time.
  private static List<String> list(Path directory) {
    var names = new ArrayList<String>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path entry : stream) {
        names.add(String.valueOf(entry.getFileName()));
        if (names.size() == MOST_ENTRIES) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      return List.of();
    }
    names.sort(null);
    return names;
  }
}
