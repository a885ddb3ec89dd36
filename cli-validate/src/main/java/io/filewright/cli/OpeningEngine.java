package io.filewright.cli;

import io.filewright.error.FailureDetails;
import io.filewright.error.Unsupported;
import io.filewright.spi.Availability;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineProvider;
import io.filewright.spi.EngineSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// The engine that opens: the preferred one that can run here, found by this class' loader and then
/// by the context loader of the thread that asks first.
///
/// There is one for the process, which nobody closes: an engine holds nothing while it is not used,
/// as its threads end by themselves, and what it opened may load on them later.
final class OpeningEngine {

  private static final EngineSettings SETTINGS =
      new EngineSettings(1, 0, Math.max(2, Runtime.getRuntime().availableProcessors()));

  private static final class Holder {
    static final Optional<Engine> ENGINE = best();
  }

  private OpeningEngine() {}

  static Engine get() throws Unsupported {
    return Holder.ENGINE.orElseThrow(
        () ->
            new Unsupported(
                FailureDetails.of(
                    Path.of(""),
                    "open",
                    "no engine that can open files was found",
                    "Put file-native or file-api on the class path")));
  }

  private static Optional<Engine> best() {
    List<EngineProvider> providers = new ArrayList<>();
    collect(providers, OpeningEngine.class.getClassLoader());
    collect(providers, Thread.currentThread().getContextClassLoader());
    return providers.stream()
        .filter(provider -> provider.probe() instanceof Availability.Available)
        .max(Comparator.comparingInt(EngineProvider::preference))
        .map(provider -> provider.create(SETTINGS));
  }

  private static void collect(List<EngineProvider> providers, @Nullable ClassLoader loader) {
    var found = ServiceLoader.load(EngineProvider.class, loader).iterator();
    while (true) {
      try {
        if (!found.hasNext()) {
          return;
        }
        providers.add(found.next());
      } catch (ServiceConfigurationError e) {
        System.getLogger("io.filewright")
            .log(System.Logger.Level.WARNING, "An engine could not be loaded and is left out.", e);
      }
    }
  }
}
