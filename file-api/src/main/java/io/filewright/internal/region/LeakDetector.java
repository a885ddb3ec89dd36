package io.filewright.internal.region;

import io.filewright.error.FailureDetails;
import io.filewright.event.RegionLeakEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Notices regions that the garbage collector finds unclosed: counts each, says which file it was,
/// and gives its memory back unless somebody still holds a reference.
///
/// The stack of the call that opened it is kept for one region in [#SAMPLE], as it costs
/// microseconds, or for all of them under `-Dio.filewright.leaks=full`.
public final class LeakDetector {

  private static final int SAMPLE = 128;
  private static final boolean FULL = "full".equals(System.getProperty("io.filewright.leaks"));
  private static final Cleaner CLEANER = Cleaner.create();

  private final Counters counters;

  public LeakDetector(Counters counters) {
    this.counters = counters;
  }

  /// The stack of whoever is opening a file just now, or null if this one is not sampled.
  public static @Nullable Throwable openingSite() {
    return FULL || ThreadLocalRandom.current().nextInt(SAMPLE) == 0 ? new OpenedHere() : null;
  }

  /// Watches an object whose `close` calls [Tracked#closed].
  public Tracked track(Object view, Lifetime lifetime, Path path, @Nullable Throwable site) {
    return new Tracked(CLEANER.register(view, () -> inspect(lifetime, path, site)));
  }

  private void inspect(Lifetime lifetime, Path path, @Nullable Throwable site) {
    if (!lifetime.close()) {
      return;
    }
    counters.leaks.increment();
    String stack = site == null ? null : stack(site);
    var event = new RegionLeakEvent();
    event.path = path.toString();
    event.openedAt = stack;
    event.commit();
    System.getLogger("io.filewright")
        .log(
            Level.WARNING,
            "[%s] a region was never closed. %s"
                .formatted(
                    FailureDetails.printable(path),
                    stack == null
                        ? "Run with -Dio.filewright.leaks=full to see where it was opened."
                        : stack));
  }

  private static String stack(Throwable site) {
    var text = new StringWriter();
    site.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /// An object under watch.
  public static final class Tracked {
    private final Cleaner.Cleanable cleanable;

    private Tracked(Cleaner.Cleanable cleanable) {
      this.cleanable = cleanable;
    }

    /// Ends the watch, after the lifetime has been closed.
    public void closed() {
      cleanable.clean();
    }
  }

  private static final class OpenedHere extends Throwable {
    private static final long serialVersionUID = 1L;

    OpenedHere() {
      super("it was opened here:");
    }
  }
}
