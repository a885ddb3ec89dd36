package io.filewright.internal.ring;

import io.filewright.internal.os.Platform;
import io.filewright.spi.Availability;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineProvider;
import io.filewright.spi.EngineSettings;
import io.netty.channel.epoll.Epoll;

/// Offers the epoll engine where Netty's native part for it can be loaded.
public final class EpollProvider implements EngineProvider {

  @Override
  public String name() {
    return "epoll";
  }

  @Override
  public int preference() {
    return 80;
  }

  @Override
  public Availability probe() {
    return switch (Platform.current()) {
      case Platform.Unsupported(String reason) -> new Availability.Unavailable(reason);
      case Platform.Supported _ ->
          Epoll.isAvailable()
              ? new Availability.Available()
              : new Availability.Unavailable(
                  "epoll cannot be used: " + Refusal.reason(Epoll.unavailabilityCause()));
    };
  }

  @Override
  public Engine create(EngineSettings settings) {
    return switch (Platform.current()) {
      case Platform.Supported(var os) -> new EpollEngine(name(), os, settings);
      case Platform.Unsupported(String reason) -> throw new IllegalStateException(reason);
    };
  }
}
