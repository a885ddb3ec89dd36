package io.filewright.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.error.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What tests of writers ask of a folder again and again.
final class Folder {

  private Folder() {}

  /// Something that may fail.
  interface Attempt {
    void run() throws FileException;
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  static Path temporary(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(".filewright")).findAny().orElseThrow();
    }
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static void fails(Attempt attempt, Class<? extends FileException> type, String message) {
    FileException failure = failure(attempt);
    assertThat(failure).isInstanceOf(type).hasMessage(message);
  }

  static FileException failure(Attempt attempt) {
    try {
      attempt.run();
    } catch (FileException e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }
}
