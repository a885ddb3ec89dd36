package io.filewright.cli;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether this process may do what it wants to do.
final class AccessRules {

  private AccessRules() {}

  static void check(Path path, AccessMode mode, List<Problem> problems) {
    boolean may =
        switch (mode) {
          case READ -> Files.isReadable(path);
          case WRITE -> Files.isWritable(path);
          case EXECUTE -> Files.isExecutable(path);
        };
    if (!may) {
      problems.add(
          switch (mode) {
            case READ -> refused(Rule.READABLE, "this process may not read it");
            case WRITE ->
                isReadOnly(path)
                    ? readOnly()
                    : refused(Rule.WRITABLE, "this process may not write it");
            case EXECUTE -> notExecutable();
          });
    }
  }

  /// A name that is free: the nearest directory above it that is there has to take a new entry.
  static void checkCreatable(Path path, Target.Overwriting overwriting, List<Problem> problems) {
    Path absolute = path.toAbsolutePath();
    if (Files.isSymbolicLink(absolute)) {
      if (overwriting == Target.Overwriting.REFUSED) {
        problems.add(
            new Problem(
                Rule.OVERWRITE,
                "there is a symbolic link of this name, which leads nowhere",
                "Remove the link, or choose another name"));
        return;
      }
      absolute = behind(absolute);
    }
    Path parent = absolute.getParent();
    while (parent != null && !Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
      parent = parent.getParent();
    }
    checkParent(parent, problems);
  }

  private static void checkParent(@Nullable Path parent, List<Problem> problems) {
    if (parent == null) {
      return;
    }
    if (!Files.isDirectory(parent)) {
      problems.add(
          new Problem(
              Rule.WRITABLE,
              "it cannot be created, as " + Names.quoted(parent) + " is not a directory",
              "Choose another place"));
    } else if (!Files.isWritable(parent) || !Files.isExecutable(parent)) {
      problems.add(
          isReadOnly(parent)
              ? readOnly()
              : new Problem(
                  Rule.WRITABLE,
                  "this process may not create files in " + Names.quoted(parent),
                  "Check the directory's permissions, or choose another place"));
    }
  }

  static Problem notExecutable() {
    return refused(Rule.EXECUTABLE, "this process may not execute it");
  }

  static Problem overwriting() {
    return new Problem(
        Rule.OVERWRITE,
        "there is already a file of this name",
        "Choose another name, or allow overwriting");
  }

  /// Where a link leads, one step: AtomicFile creates the file there.
  private static Path behind(Path link) {
    try {
      return link.resolveSibling(Files.readSymbolicLink(link));
    } catch (IOException _) {
      return link;
    }
  }

  private static boolean isReadOnly(Path path) {
    try {
      return Files.getFileStore(path).isReadOnly();
    } catch (IOException _) {
      return false;
    }
  }

  private static Problem readOnly() {
    return new Problem(
        Rule.WRITABLE, "its file system is mounted read-only", "Choose another place");
  }

  private static Problem refused(Rule rule, String cause) {
    return new Problem(rule, cause, "Check its permissions and whose it is (ls -l)");
  }
}
