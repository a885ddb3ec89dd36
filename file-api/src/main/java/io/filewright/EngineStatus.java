package io.filewright;

import java.util.Optional;

/// An engine that is on the class path.
///
/// @param name as `FileRuntime.builder().engine(name)` takes it
/// @param unavailable why it cannot run here; empty if it can
public record EngineStatus(String name, Optional<String> unavailable) {

  /// Whether it can run here.
  public boolean isAvailable() {
    return unavailable.isEmpty();
  }
}
