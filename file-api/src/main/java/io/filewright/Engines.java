package io.filewright;

import io.filewright.error.FailureDetails;
import io.filewright.error.Unsupported;
import io.filewright.internal.portable.PortableProvider;
import io.filewright.spi.Availability;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineProvider;
import io.filewright.spi.EngineSettings;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds engines, by this class' loader and then by the thread's context loader.
final class Engines {

  /// Those whose refusal has been logged: a program may build many runtimes.
  private static final Set<String> REFUSED = ConcurrentHashMap.newKeySet();

  private Engines() {}

  static List<EngineStatus> list() {
    return providers().stream()
        .map(
            provider ->
                switch (provider.probe()) {
                  case Availability.Available _ ->
                      new EngineStatus(provider.name(), Optional.empty());
                  case Availability.Unavailable(String reason) ->
                      new EngineStatus(provider.name(), Optional.of(reason));
                })
        .toList();
  }

  /// The best engine that can run. Says in one log line which better one cannot.
  static Engine best(EngineSettings settings) {
    for (EngineProvider provider : providers()) {
      switch (provider.probe()) {
        case Availability.Available _ -> {
          return provider.create(settings);
        }
        case Availability.Unavailable(String reason) -> logRefusal(provider.name(), reason);
      }
    }
    throw new AssertionError("the portable engine can always run");
  }

  /// The engine of this name if it can run, else the best one and a log line.
  static Engine preferred(String name, EngineSettings settings) {
    try {
      return named(name, settings);
    } catch (Unsupported e) {
      logRefusal(name, e.details().cause());
      return best(settings);
    }
  }

  static Engine named(String name, EngineSettings settings) throws Unsupported {
    for (EngineProvider provider : providers()) {
      if (provider.name().equals(name)) {
        return switch (provider.probe()) {
          case Availability.Available _ -> provider.create(settings);
          case Availability.Unavailable(String reason) -> throw unsupported(name, reason);
        };
      }
    }
    throw unsupported(name, "there is no such engine on the class path");
  }

  private static void logRefusal(String name, String reason) {
    if (REFUSED.add(name)) {
      System.getLogger("io.filewright")
          .log(Level.INFO, "Engine {0} cannot run here: {1}.", name, reason);
    }
  }

  private static Unsupported unsupported(String name, String reason) {
    String others =
        list().stream()
            .filter(EngineStatus::isAvailable)
            .map(EngineStatus::name)
            .collect(Collectors.joining(", "));
    return new Unsupported(
        FailureDetails.of(Path.of(""), "engine " + name, reason, "Available here: " + others));
  }

  private static List<EngineProvider> providers() {
    Map<String, EngineProvider> found = new LinkedHashMap<>();
    found.put("portable", new PortableProvider());
    collect(found, Engines.class.getClassLoader());
    collect(found, Thread.currentThread().getContextClassLoader());
    return found.values().stream()
        .sorted(Comparator.comparingInt(EngineProvider::preference).reversed())
        .toList();
  }

  private static void collect(Map<String, EngineProvider> found, @Nullable ClassLoader loader) {
    var providers = ServiceLoader.load(EngineProvider.class, loader).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        EngineProvider provider = providers.next();
        found.putIfAbsent(provider.name(), provider);
      } catch (ServiceConfigurationError e) {
        System.getLogger("io.filewright")
            .log(Level.WARNING, "An engine could not be loaded and is left out.", e);
      }
    }
  }
}
