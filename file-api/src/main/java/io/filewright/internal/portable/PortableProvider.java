package io.filewright.internal.portable;

import io.filewright.internal.threads.ThreadedEngine;
import io.filewright.spi.Availability;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineProvider;
import io.filewright.spi.EngineSettings;

/// The engine of last resort.
public final class PortableProvider implements EngineProvider {

  @Override
  public String name() {
    return "portable";
  }

  @Override
  public int preference() {
    return 0;
  }

  @Override
  public Availability probe() {
    return new Availability.Available();
  }

  @Override
  public Engine create(EngineSettings settings) {
    return new ThreadedEngine(name(), new PortableOpener(), settings);
  }
}
