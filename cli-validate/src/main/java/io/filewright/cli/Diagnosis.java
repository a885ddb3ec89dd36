package io.filewright.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out why there is no file: which component of the path is the first that is wrong.
final class Diagnosis {

  /// What Linux and macOS allow, in bytes.
  private static final int LONGEST_NAME = 255;

  private static final int LONGEST_PATH = 4095;

  private final Suggestions suggestions;

  Diagnosis(Suggestions suggestions) {
    this.suggestions = suggestions;
  }

  /// The problem of a path whose last component, or one before it, is not there.
  Problem absent(Path path) {
    Path absolute = path.toAbsolutePath();
    Path at = absolute.getRoot();
    for (Path name : absolute) {
      Path parent = at;
      at = parent == null ? name : parent.resolve(name);
      if (isDangling(at)) {
        return dangling(at);
      }
      if (parent != null && !Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        return Files.exists(parent) && !Files.isDirectory(parent)
            ? notADirectory(parent)
            : missing(parent, name, at.equals(absolute));
      }
    }
    return new Problem(Rule.EXISTS, "it has just been removed or created", "Try it again");
  }

  /// The problem of a path that cannot be walked to its end.
  Problem unreachable(Path path, IOException error) {
    if (error instanceof AccessDeniedException) {
      return closed(path);
    }
    Optional<Problem> problem = tooLong(path);
    if (problem.isEmpty()) {
      problem = fileOnTheWay(path);
    }
    String reason = reason(error);
    if (problem.isEmpty() && reason.contains("symbolic link")) {
      problem =
          Optional.of(
              new Problem(
                  Rule.SYMLINKS,
                  "the symbolic links lead in a circle",
                  "Check where they point (readlink)"));
    }
    return problem.orElseGet(
        () ->
            new Problem(
                Rule.PATH,
                "it cannot be looked at: " + Names.printable(reason),
                "Check the path, the disk and the kernel log"));
  }

  private Problem missing(Path parent, Path name, boolean isLast) {
    String what = isLast ? "" : "directory ";
    return new Problem(
        Rule.EXISTS,
        "there is no " + what + Names.quoted(name) + " in " + Names.quoted(parent),
        suggestions
            .similar(parent, name.toString())
            .map(similar -> "Did you mean " + Names.quoted(similar) + "?")
            .orElse("Check the spelling and the working directory"));
  }

  private static boolean isDangling(Path path) {
    if (!Files.isSymbolicLink(path)) {
      return false;
    }
    try {
      var _ = Files.readAttributes(path, BasicFileAttributes.class);
      return false;
    } catch (NoSuchFileException _) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static Problem dangling(Path link) {
    String target;
    try {
      target = " to " + Names.quoted(Files.readSymbolicLink(link));
    } catch (IOException _) {
      target = "";
    }
    return new Problem(
        Rule.EXISTS,
        Names.quoted(link) + " is a symbolic link" + target + ", where nothing is",
        "Check where it should point (readlink)");
  }

  private static Problem closed(Path path) {
    Path at = path.toAbsolutePath().getRoot();
    for (Path name : path.toAbsolutePath()) {
      if (at != null && !Files.isExecutable(at)) {
        break;
      }
      at = at == null ? name : at.resolve(name);
    }
    return new Problem(
        Rule.PATH,
        "this process may not enter " + Names.quoted(String.valueOf(at)),
        "Check the directory's permissions (ls -ld)");
  }

  private static Optional<Problem> tooLong(Path path) {
    for (Path name : path) {
      int bytes = bytes(name);
      if (bytes > LONGEST_NAME) {
        return Optional.of(
            new Problem(
                Rule.PATH,
                "a name of %d bytes is too long".formatted(bytes),
                "Shorten it: %d bytes is the most".formatted(LONGEST_NAME)));
      }
    }
    int bytes = bytes(path);
    return bytes <= LONGEST_PATH
        ? Optional.empty()
        : Optional.of(
            new Problem(
                Rule.PATH,
                "a path of %d bytes is too long".formatted(bytes),
                "Shorten it, or change the working directory: %d bytes is the most"
                    .formatted(LONGEST_PATH)));
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  /// The JDK does not tell ENOTDIR from other failures by type.
  private static Optional<Problem> fileOnTheWay(Path path) {
    Path absolute = path.toAbsolutePath();
    for (Path at = absolute.getParent(); at != null; at = at.getParent()) {
      if (Files.exists(at) && !Files.isDirectory(at)) {
        return Optional.of(notADirectory(at));
      }
    }
    return Optional.empty();
  }

  private static Problem notADirectory(Path path) {
    return new Problem(
        Rule.EXISTS,
        Names.quoted(path) + " is not a directory",
        "Check the path, component by component");
  }

  /// The system's words for it.
  static String reason(IOException error) {
    @Nullable String reason =
        error instanceof FileSystemException e ? e.getReason() : error.getMessage();
    return reason == null ? error.getClass().getSimpleName() : reason;
  }
}
