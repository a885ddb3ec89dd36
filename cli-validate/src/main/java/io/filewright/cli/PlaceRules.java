package io.filewright.cli;

import io.filewright.spi.SymlinkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the way to a file is one that may be taken.
final class PlaceRules {

  private PlaceRules() {}

  static void check(Path path, Location location, List<Problem> problems) {
    if (location.root().isPresent()) {
      Path root = location.root().get();
      if (!Files.isDirectory(root)) {
        problems.add(
            new Problem(
                Rule.INSIDE_ROOT,
                Names.quoted(root) + ", which it has to stay in, is not a directory",
                "Check the root: it has to be there before anything can be beneath it"));
      } else if (RootedWalk.of(path, root) == RootedWalk.LEAVES) {
        problems.add(
            new Problem(
                Rule.INSIDE_ROOT,
                "it leads out of " + Names.quoted(root),
                "Name a file beneath that directory, without `..` or links that leave it"));
      }
    }
    if (location.symlinks() == SymlinkPolicy.REFUSE_ANY) {
      Path link = firstLink(path);
      if (link != null && !link.equals(path)) {
        problems.add(
            new Problem(
                Rule.SYMLINKS,
                Names.quoted(link) + " is a symbolic link, and no links are followed here",
                "Name the file without links on the way: see `realpath`"));
      }
    }
  }

  /// A link as last component, where none is followed.
  static Problem link(Path path) {
    return new Problem(
        Rule.SYMLINKS,
        "it is a symbolic link" + destination(path) + ", and that is not followed here",
        "Name the file itself");
  }

  private static String destination(Path path) {
    try {
      return " to " + Names.quoted(Files.readSymbolicLink(path));
    } catch (IOException _) {
      return "";
    }
  }

  private static @Nullable Path firstLink(Path path) {
    Path at = path.getRoot();
    for (Path name : path) {
      at = at == null ? name : at.resolve(name);
      if (Files.isSymbolicLink(at)) {
        return at;
      }
    }
    return null;
  }
}
