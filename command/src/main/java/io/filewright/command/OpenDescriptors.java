package io.filewright.command;

import io.filewright.FileRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// How many file descriptors this process holds.
final class OpenDescriptors {

  private static final Path FOLDER = Path.of("/proc/self/fd");

  private OpenDescriptors() {}

  /// Counted where the system lets us, else those of the runtime.
  static long count(FileRuntime runtime) {
    try (Stream<Path> descriptors = Files.list(FOLDER)) {
      return descriptors.count() - 1; // the one that lists them
    } catch (IOException _) {
      return runtime.stats().openDescriptors();
    }
  }
}
