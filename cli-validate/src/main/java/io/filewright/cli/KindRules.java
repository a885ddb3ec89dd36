package io.filewright.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Whether a file is what it should be.
final class KindRules {

  /// The part of `st_mode` that says what a file is.
  private static final int TYPE_MASK = 0xF000;

  private KindRules() {}

  /// Says whether it is, and if not, why.
  static boolean check(
      Path path, FileKind kind, boolean claimsDirectory, Target target, List<Problem> problems) {
    if (!target.kinds().contains(kind)) {
      problems.add(
          new Problem(
              Rule.KIND,
              "it is " + words(path, kind) + ", not " + wanted(target),
              remedy(kind, target)));
      return false;
    }
    if (claimsDirectory && kind != FileKind.DIRECTORY) {
      problems.add(
          new Problem(
              Rule.KIND,
              "it ends in a slash, as a directory's name may, but is " + kind.words(),
              "Leave the slash out"));
      return false;
    }
    return true;
  }

  static Problem claimedDirectory() {
    return new Problem(
        Rule.KIND,
        "it ends in a slash, as only a directory's name may",
        "Leave the slash out, or add the file's name");
  }

  private static String wanted(Target target) {
    return target.kinds().stream()
        .sorted()
        .map(FileKind::words)
        .collect(Collectors.joining(" or "));
  }

  private static String remedy(FileKind kind, Target target) {
    return kind == FileKind.DIRECTORY && target.kinds().contains(FileKind.REGULAR_FILE)
        ? "Name a file inside it"
        : "Name " + wanted(target);
  }

  private static String words(Path path, FileKind kind) {
    return kind == FileKind.SPECIAL ? specialWords(path) : kind.words();
  }

  /// The JDK tells only that it is something special; the mode tells more, where there is one.
  private static String specialWords(Path path) {
    try {
      int mode = (int) Files.getAttribute(path, "unix:mode");
      return switch (mode & TYPE_MASK) {
        case 0x1000 -> "a FIFO";
        case 0x2000, 0x6000 -> "a device";
        case 0xC000 -> "a socket";
        default -> FileKind.SPECIAL.words();
      };
    } catch (IOException | RuntimeException _) {
      return FileKind.SPECIAL.words();
    }
  }
}
