package io.filewright.internal.ring;

import io.filewright.internal.os.Platform;
import io.filewright.spi.Availability;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineProvider;
import io.filewright.spi.EngineSettings;
import io.netty.channel.uring.IoUring;

/// Offers the io_uring engine where the kernel lets this process have a ring.
public final class UringProvider implements EngineProvider {

  @Override
  public String name() {
    return "io_uring";
  }

  @Override
  public int preference() {
    return 90;
  }

  @Override
  public Availability probe() {
    return switch (Platform.current()) {
      case Platform.Unsupported(String reason) -> new Availability.Unavailable(reason);
      case Platform.Supported _ ->
          IoUring.isAvailable()
              ? new Availability.Available()
              : new Availability.Unavailable(
                  "the kernel refuses io_uring ("
                      + Refusal.reason(IoUring.unavailabilityCause())
                      + "), as many containers have it do; see also the sysctl"
                      + " kernel.io_uring_disabled");
    };
  }

  @Override
  public Engine create(EngineSettings settings) {
    return switch (Platform.current()) {
      case Platform.Supported(var os) -> new UringEngine(name(), os, settings);
      case Platform.Unsupported(String reason) -> throw new IllegalStateException(reason);
    };
  }
}
