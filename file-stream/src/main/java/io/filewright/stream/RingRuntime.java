package io.filewright.stream;

import io.filewright.FileRuntime;
import io.filewright.error.Unsupported;
import org.jspecify.annotations.Nullable;

/// The runtime whose engine is an io_uring, made when somebody first asks for it; its ring starts
/// with its first operation.
final class RingRuntime {

  private static final String ENGINE = "io_uring";
  private static @Nullable FileRuntime ring;

  private RingRuntime() {}

  /// The given one if it has a ring; otherwise one for all.
  static FileRuntime of(FileRuntime wanted) throws Unsupported {
    return wanted.engineName().equals(ENGINE) ? wanted : shared();
  }

  @SuppressWarnings("MustBeClosed") // lives as long as the process
  private static synchronized FileRuntime shared() throws Unsupported {
    if (ring == null) {
      ring = FileRuntime.builder().engine(ENGINE).build();
    }
    return ring;
  }
}
