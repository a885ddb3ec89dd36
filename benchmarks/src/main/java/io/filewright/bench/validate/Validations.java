package io.filewright.bench.validate;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import io.filewright.cli.PathValidator;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// Ways to look at many files whose names are strings. The checksum is the number that passed.
final class Validations {

  private static final int FILES_IN_A_FOLDER = 1_000;

  private Validations() {}

  /// What all have in common; the contenders make the files together.
  abstract static class Looks implements Contender {

    private String[] values = {};

    @Override
    public void prepare(Arguments arguments) throws IOException {
      values = new String[arguments.getInt("paths")];
      for (int i = 0; i < values.length; i++) {
        Path folder = Path.of(arguments.get("dir"), "d" + i / FILES_IN_A_FOLDER);
        if (i % FILES_IN_A_FOLDER == 0) {
          Files.createDirectories(folder);
        }
        Path file = folder.resolve("file-" + i);
        try {
          var _ = Files.createFile(file);
        } catch (FileAlreadyExistsException _) {
          // Another contender was here first.
        }
        values[i] = file.toString();
      }
    }

    @Override
    public Outcome run() throws IOException {
      long start = System.nanoTime();
      long passed = passed(values);
      return Outcome.of(System.nanoTime() - start, values.length, 0, passed);
    }

    abstract long passed(String[] values) throws IOException;
  }

  /// One call for all.
  static final class Ours extends Looks {

    @Override
    long passed(String[] values) {
      var report = PathValidator.input().validate(values);
      return (long) report.paths().size() - report.errors().size();
    }
  }

  /// One stat for each, and nothing else.
  static final class Bare extends Looks {

    @Override
    long passed(String[] values) throws IOException {
      long passed = 0;
      for (String value : values) {
        if (Files.readAttributes(Path.of(value), BasicFileAttributes.class).isRegularFile()) {
          passed++;
        }
      }
      return passed;
    }
  }

  /// The two system calls that `input` needs.
  static final class StatAndAccess extends Looks {

    @Override
    long passed(String[] values) throws IOException {
      long passed = 0;
      for (String value : values) {
        Path path = Path.of(value);
        if (Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()
            && Files.isReadable(path)) {
          passed++;
        }
      }
      return passed;
    }
  }
}
