package io.filewright.cli;

import io.filewright.spi.Engine;
import io.filewright.spi.EngineProvider;
import io.filewright.spi.EngineSettings;
import java.util.ServiceLoader;

/// Engines by their names.
final class TestEngines {

  private TestEngines() {}

  static Engine named(String name) {
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow()
        .create(new EngineSettings(1, 0, 2));
  }
}
