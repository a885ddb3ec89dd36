package io.filewright.cli;

import io.filewright.error.FileException;
import java.nio.file.Path;

/// Opens a file without and with a root, and prints what came of it. Run in a JVM of its own,
/// without the native engine.
final class RootedOpenProgram {

  private RootedOpenProgram() {}

  public static void main(String[] args) {
    var input = PathValidator.input();
    print(input, args[1]);
    print(input.withRoot(Path.of(args[0])), args[1]);
  }

  private static void print(PathValidator rules, String value) {
    try (CheckedFile file = rules.validateAndOpen(value)) {
      System.out.println(file.byteSize() + " bytes");
    } catch (FileException e) {
      System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }
}
