package io.filewright.internal.load;

import io.filewright.internal.os.Platform;
import io.filewright.internal.threads.ThreadedEngine;
import io.filewright.spi.Availability;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineProvider;
import io.filewright.spi.EngineSettings;

/// Offers the engine where the system has what it needs.
public final class PopulateProvider implements EngineProvider {

  @Override
  public String name() {
    return "populate";
  }

  @Override
  public int preference() {
    return 100;
  }

  @Override
  public Availability probe() {
    return switch (Platform.current()) {
      case Platform.Supported _ -> new Availability.Available();
      case Platform.Unsupported(String reason) -> new Availability.Unavailable(reason);
    };
  }

  @Override
  public Engine create(EngineSettings settings) {
    return switch (Platform.current()) {
      case Platform.Supported(var os) ->
          new ThreadedEngine(name(), new PopulateOpener(os), settings);
      case Platform.Unsupported(String reason) -> throw new IllegalStateException(reason);
    };
  }
}
