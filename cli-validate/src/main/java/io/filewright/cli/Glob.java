package io.filewright.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// A pattern and the files that match it, found by us and not by a shell.
///
/// Each component is a pattern of its own, `**` is no more than `*`, and a name that begins with a
/// dot matches only a pattern that does.
sealed interface Glob {

  /// How many files a pattern may stand for.
  int MOST_MATCHES = 100_000;

  /// How many stars one component may have, neighbours counted once: what they may stand for is
  /// tried with each other, so the time for a name of 255 bytes grows with this power of it.
  int MOST_STARS = 4;

  /// The files, in alphabetical order; at least one.
  record Matches(List<Path> paths) implements Glob {}

  /// It stands for no files, or too many.
  record Refused(Problem problem) implements Glob {}

  static boolean isPattern(String value) {
    return value.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  static Glob expand(String value) {
    try {
      Path pattern = Path.of(value);
      if (Files.exists(pattern, LinkOption.NOFOLLOW_LINKS)) {
        return new Matches(List.of(pattern));
      }
      List<Path> matches = List.of(pattern.isAbsolute() ? pattern.getRoot() : Path.of(""));
      for (Path component : pattern) {
        if (withoutDoubles(component).chars().filter(c -> c == '*').count() > MOST_STARS) {
          return refused(
              "a name of it has more than %d stars".formatted(MOST_STARS),
              "Use fewer, or name the files");
        }
        matches = step(matches, component);
        if (matches.size() > MOST_MATCHES) {
          return refused(
              "it matches more than %d files".formatted(MOST_MATCHES),
              "Narrow it, or name the directory");
        }
      }
      return matches.isEmpty()
          ? refused("no file matches the pattern", "Check the pattern and the working directory")
          : new Matches(matches);
    } catch (InvalidPathException | PatternSyntaxException e) {
      return refused(
          "it is not a pattern: " + Names.printable(firstLine(e)),
          "Close each bracket and brace, or name the files");
    } catch (IOException | DirectoryIteratorException e) {
      return refused(
          "a directory cannot be listed: " + Names.printable(firstLine(e)),
          "Check its permissions");
    }
  }

  private static String withoutDoubles(Path component) {
    return component.toString().replaceAll("(?<!\\\\)\\*{2,}", "*");
  }

  private static List<Path> step(List<Path> parents, Path component) throws IOException {
    String text = withoutDoubles(component);
    var found = new ArrayList<Path>();
    if (!isPattern(text)) {
      for (Path parent : parents) {
        Path next = parent.resolve(component);
        if (Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
          found.add(next);
        }
      }
      return found;
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + text);
    for (Path parent : parents) {
      if (parent.toString().isEmpty() || Files.isDirectory(parent)) {
        list(parent, matcher, text.startsWith("."), found);
      }
    }
    found.sort(null);
    return found;
  }

  private static void list(Path parent, PathMatcher matcher, boolean hidden, List<Path> found)
      throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        Path name = entry.getFileName();
        if (matcher.matches(name) && (hidden || !name.toString().startsWith("."))) {
          found.add(parent.resolve(name));
        }
        if (found.size() > MOST_MATCHES) {
          return;
        }
      }
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static Refused refused(String cause, String remedy) {
    return new Refused(new Problem(Rule.GLOB, cause, remedy));
  }
}
