package io.filewright.internal.region;

import io.filewright.error.FailureDetails;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/// Closes what a region held, where a failure can no longer reach anyone: it is counted and logged.
public final class Releases {

  private Releases() {}

  /// Closes it; never throws.
  public static void close(Path path, AutoCloseable resource, Counters counters) {
    try {
      resource.close();
    } catch (Exception e) {
      counters.failedCloses.increment();
      System.getLogger("io.filewright")
          .log(
              Level.WARNING,
              "[%s] could not be released".formatted(FailureDetails.printable(path)),
              e);
    }
  }
}
