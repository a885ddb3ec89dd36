package io.filewright.cli;

import java.nio.file.Path;
import java.util.List;

/// Whether a regular file's size and name are right.
final class ContentRules {

  private ContentRules() {}

  static void checkSize(long byteSize, SizeRange wanted, List<Problem> problems) {
    if (byteSize == 0 && wanted.least() > 0) {
      problems.add(
          new Problem(
              Rule.NOT_EMPTY,
              "it is empty, or does not tell its size",
              "Check what should have written it"));
    } else if (byteSize < wanted.least()) {
      problems.add(
          new Problem(
              Rule.SIZE,
              "it has %d bytes, and at least %d are wanted".formatted(byteSize, wanted.least()),
              "Check that it is complete"));
    } else if (byteSize > wanted.most()) {
      problems.add(
          new Problem(
              Rule.SIZE,
              "it has %d bytes, and at most %d are allowed".formatted(byteSize, wanted.most()),
              "Name a smaller file"));
    }
  }

  static void checkName(Path path, Extensions extensions, List<Problem> problems) {
    if (extensions.accepted().isEmpty()) {
      return;
    }
    Path fileName = path.getFileName();
    String name = fileName == null ? "" : fileName.toString();
    if (!extensions.accept(name)) {
      problems.add(
          new Problem(
              Rule.EXTENSION,
              "its name does not end in " + extensions.words(),
              extensions.wouldAcceptInOtherCase(name)
                  ? "Upper and lower case matter here"
                  : "Name a file that does"));
    }
  }
}
