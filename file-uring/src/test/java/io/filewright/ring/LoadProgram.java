package io.filewright.ring;

import io.filewright.FileRuntime;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.Unsupported;
import java.nio.file.Path;

/// A program of its own: loads a file once whole and mapped, and once a small range of it, copied.
public final class LoadProgram {

  private static final int SMALL = 1000;

  private LoadProgram() {}

  static void main(String[] arguments) throws Exception {
    var builder = FileRuntime.builder();
    switch (arguments[0]) {
      case "AUTO" -> {}
      case "PREFERRED" -> builder.preferredEngine("io_uring");
      default -> builder.engine(arguments[0]);
    }
    Path path = Path.of(arguments[1]);
    try (var runtime = builder.build()) {
      System.out.println("engine=" + runtime.engineName());
      try (var handle = runtime.open(path, OpenOptions.readOnly().withPrefault(Prefault.ALL))) {
        System.out.println("mapped=" + handle.await().byteSize());
      }
      try (var handle = runtime.open(path, OpenOptions.readOnly().withRange(0, SMALL))) {
        System.out.println("copied=" + handle.await().byteSize());
      }
      for (int i = 0; i < 100; i++) {
        runtime.open(path, OpenOptions.readOnly()).use(region -> region.byteSize());
      }
      System.out.println("threads=" + Workers.count());
    } catch (Unsupported e) {
      System.out.println("Unsupported: " + e.getMessage());
    }
  }
}
