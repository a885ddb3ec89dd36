package io.filewright.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;

/// Whether a path, walked name by name as the kernel does it under RESOLVE_BENEATH, leaves a root.
enum RootedWalk {
  STAYS,
  LEAVES;

  /// As many links as Linux follows.
  private static final int MOST_LINKS = 40;

  static RootedWalk of(Path path, Path root) {
    Path start = root.toAbsolutePath();
    Path absolute = path.toAbsolutePath();
    if (!absolute.startsWith(start)) {
      return LEAVES;
    }
    Deque<Path> ahead = new ArrayDeque<>();
    for (int i = start.getNameCount(); i < absolute.getNameCount(); i++) {
      ahead.add(absolute.getName(i));
    }
    return walk(start, ahead);
  }

  private static RootedWalk walk(Path start, Deque<Path> ahead) {
    Deque<Path> behind = new ArrayDeque<>();
    int links = 0;
    while (!ahead.isEmpty()) {
      Path name = ahead.remove();
      String text = name.toString();
      if (text.equals("..")) {
        if (behind.pollLast() == null) {
          return LEAVES;
        }
      } else if (!text.equals(".") && !text.isEmpty()) {
        Path next = (behind.isEmpty() ? start : behind.getLast()).resolve(name);
        Optional<Path> link = link(next);
        if (link.isEmpty()) {
          behind.add(next);
        } else if (link.get().isAbsolute()) {
          return LEAVES;
        } else if (++links > MOST_LINKS) {
          return STAYS; // a circle, which whoever opens it will find, too
        } else {
          prepend(link.get(), ahead);
        }
      }
    }
    return STAYS;
  }

  private static Optional<Path> link(Path path) {
    try {
      return Files.isSymbolicLink(path)
          ? Optional.of(Files.readSymbolicLink(path))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static void prepend(Path link, Deque<Path> ahead) {
    var names = new ArrayList<Path>();
    link.forEach(names::add);
    names.reversed().forEach(ahead::addFirst);
  }
}
