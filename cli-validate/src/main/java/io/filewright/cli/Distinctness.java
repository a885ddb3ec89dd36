package io.filewright.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds arguments that are one file under two names: links, `./x` and `x`, or a name twice.
final class Distinctness {

  private Distinctness() {}

  /// A file that is not there yet, by the directory that it would be in.
  private record Future(Object directory, String name) {}

  /// The same paths; those that must be unlike all others and are not have a problem more.
  static List<CheckedPath> compared(List<CheckedPath> paths) {
    Map<Object, List<Integer>> owners = new HashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      int index = i;
      key(paths.get(i))
          .ifPresent(k -> owners.computeIfAbsent(k, _ -> new ArrayList<>(1)).add(index));
    }
    var compared = new ArrayList<>(paths);
    for (List<Integer> same : owners.values()) {
      for (int index : same) {
        CheckedPath path = paths.get(index);
        if (same.size() > 1
            && path.validator().location().sameness() == Location.Sameness.REFUSED) {
          int other = same.getFirst() == index ? same.get(1) : same.getFirst();
          compared.set(index, path.with(List.of(problem(paths.get(other)))));
        }
      }
    }
    return compared;
  }

  private static Problem problem(CheckedPath other) {
    Argument argument = other.argument();
    String name = argument.path().map(Path::toString).orElse(argument.value());
    return new Problem(
        Rule.DISTINCT,
        "it is the same file as %s, %s".formatted(argument.place().label(), Names.quoted(name)),
        "Name another file");
  }

  private static Optional<Object> key(CheckedPath path) {
    return switch (path.finding()) {
      case Finding.Found(_, FileMetadata file) -> file.identity();
      case Finding.Absent(Path absent) -> future(absent.toAbsolutePath());
      case Finding.Unreachable _, Finding.StandardStream _, Finding.NoPath _ -> Optional.empty();
    };
  }

  private static Optional<Object> future(Path absent) {
    Path parent = absent.getParent();
    Path name = absent.getFileName();
    if (parent == null || name == null) {
      return Optional.empty();
    }
    Object directory;
    try {
      directory = Files.readAttributes(parent, BasicFileAttributes.class).fileKey();
    } catch (IOException _) {
      directory = null;
    }
    return Optional.of(
        new Future(directory == null ? parent.normalize() : directory, name.toString()));
  }
}
