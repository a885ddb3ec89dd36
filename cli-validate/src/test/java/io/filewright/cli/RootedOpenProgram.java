package io.filewright.cli;

import io.filewright.error.FileException;
import java.nio.file.Path;
import java.util.Arrays;

/// Opens files beneath a root, and begins an output there, and prints what came of it. Run in a JVM
/// of its own, without the native engine.
final class RootedOpenProgram {

  private RootedOpenProgram() {}

  /// The arguments are the root, values to open, and one that is to be written.
  public static void main(String[] args) {
    Path root = Path.of(args[0]);
    for (String value : Arrays.asList(args).subList(1, args.length - 1)) {
      try (CheckedFile file = PathValidator.input().withRoot(root).validateAndOpen(value)) {
        System.out.println(file.byteSize() + " bytes");
      } catch (FileException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
    try {
      PathValidator.output().withRoot(root).validateAndCreate(args[args.length - 1]).close();
      System.out.println("begun");
    } catch (FileException e) {
      System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }
}
