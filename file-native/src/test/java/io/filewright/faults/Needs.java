package io.filewright.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a cell needs of the machine. A cell that cannot run is skipped and says its name and why.
final class Needs {

  private Needs() {}

  static void tool(String cell, String name) {
    assumeTrue(has(name), cell + " was skipped: there is no " + name + " on the PATH");
  }

  static boolean has(String name) {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  static void root(String cell) throws IOException {
    assumeTrue(isRoot(), cell + " was skipped: it needs root");
  }

  static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  static void file(String cell, Path file) {
    assumeTrue(Files.exists(file), cell + " was skipped: there is no " + file);
  }

  /// That a command, which the cell needs to have succeeded, did so.
  static void success(String cell, Shell.Result result) {
    assumeTrue(result.exitCode() == 0, () -> cell + " was skipped: " + result);
  }
}
