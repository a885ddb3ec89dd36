package io.filewright.bench.kit;

import io.filewright.FileRuntime;
import io.filewright.bench.Arguments;
import io.filewright.bench.MissingException;
import io.filewright.error.Unsupported;

/// The runtime that our contenders use.
public final class Ours {

  private Ours() {}

  /// The shared one, or one with the engine that the command line names.
  ///
  /// @throws MissingException if that engine is not there
  public static FileRuntime runtime(Arguments arguments) throws MissingException {
    String engine = arguments.get("engine", "");
    if (engine.isEmpty()) {
      return FileRuntime.shared();
    }
    try {
      return FileRuntime.builder().engine(engine).build();
    } catch (Unsupported e) {
      throw new MissingException(e.toString());
    }
  }
}
