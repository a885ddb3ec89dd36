package io.filewright.stream;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Files that once had a log's name: those that appear beside it while it is rotated, with names
/// that begin with its own. A file is known by its number and the time of its birth, since numbers
/// are used again.
///
/// Whatever was there while the log still had its name is something else, such as a copy of it.
final class RotatedFiles {

  private static final Set<String> COMPRESSED = Set.of("gz", "bz2", "xz", "zst", "lz4", "zip");

  /// Clocks of file systems go in steps of 1 to 10 ms.
  private static final Duration STEP = Duration.ofMillis(10);

  private final Path log;
  private final Path directory;
  private Set<Birth> known = Set.of();
  private Optional<FileTime> settled = Optional.empty();

  /// Which file it is.
  record Birth(Object key, FileTime time) {}

  private record Sibling(Path path, Birth birth, FileTime written) {}

  /// What is there at one moment.
  ///
  /// @param fresh those that were not there before, in the order in which they were last written
  record Listing(Set<Birth> all, List<Path> fresh) {}

  RotatedFiles(Path log) {
    this.log = log;
    this.directory = Objects.requireNonNull(log.toAbsolutePath().getParent());
  }

  /// The file that has the log's name now.
  Optional<Birth> named() {
    try {
      return birth(Files.readAttributes(log, BasicFileAttributes.class));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Those that had it, as far as they are still there.
  Listing list() {
    List<Sibling> siblings = siblings();
    Set<Birth> all = new HashSet<>();
    siblings.forEach(sibling -> all.add(sibling.birth));
    List<Path> fresh =
        siblings.stream()
            .filter(sibling -> !known.contains(sibling.birth))
            .sorted(
                Comparator.comparing(Sibling::written).thenComparing(sibling -> sibling.birth.time))
            .map(Sibling::path)
            .toList();
    return new Listing(all, fresh);
  }

  /// Notes what is there while the log still has its name. Costs next to nothing as long as nothing
  /// appears in the directory.
  ///
  /// @param holder the file that has the name
  void settle(Birth holder) {
    Optional<FileTime> changed = directoryChanged();
    if (changed.isPresent() && changed.equals(settled)) {
      return;
    }
    Listing listing = list();
    if (named().equals(Optional.of(holder))) {
      note(listing);
      Instant now = Instant.now();
      settled = changed.filter(time -> time.toInstant().isBefore(now.minus(STEP)));
    }
  }

  private Optional<FileTime> directoryChanged() {
    try {
      return Optional.of(Files.getLastModifiedTime(directory));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// None of these is fresh any more.
  void note(Listing listing) {
    known = listing.all;
  }

  private static Optional<Birth> birth(BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return key == null || !attributes.isRegularFile()
        ? Optional.empty()
        : Optional.of(new Birth(key, attributes.creationTime()));
  }

  private List<Sibling> siblings() {
    List<Sibling> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(directory, this::isSibling)) {
      for (Path entry : entries) {
        addIfThere(entry, found);
      }
    } catch (IOException | DirectoryIteratorException _) {
      return List.of(); // a directory that cannot be listed has only the log itself
    }
    return found;
  }

  private static void addIfThere(Path entry, List<Sibling> found) {
    try {
      var attributes = Files.readAttributes(entry, BasicFileAttributes.class);
      birth(attributes)
          .map(birth -> new Sibling(entry, birth, attributes.lastModifiedTime()))
          .ifPresent(found::add);
    } catch (IOException _) {
      // It has gone meanwhile.
    }
  }

  private boolean isSibling(Path entry) {
    String name = entry.getFileName().toString();
    String logName = String.valueOf(log.getFileName());
    int length = logName.length();
    return name.startsWith(logName)
        && name.length() > length
        && (name.charAt(length) == '.' || name.charAt(length) == '-')
        && !COMPRESSED.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
