package io.filewright.command;

import io.filewright.command.Job.Progress;
import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;

/// The line at the bottom of a terminal that says how far it all is. Nothing without a terminal,
/// and nothing about what takes no time. It is as wide as the terminal was at the start, cut and
/// never wrapped: nothing cheap tells the JVM of a new size.
final class ProgressBar {

  private static final long FIRST_NANOS = Duration.ofMillis(200).toNanos();
  private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();
  private static final String CLEAR = "\r\u001b[K";

  private final Streams streams;
  private final LongSupplier nanoClock;
  private final long beganNanos;
  private long drawnNanos;
  private volatile boolean visible;

  ProgressBar(Streams streams) {
    this(streams, System::nanoTime);
  }

  ProgressBar(Streams streams, LongSupplier nanoClock) {
    this.streams = streams;
    this.nanoClock = nanoClock;
    this.beganNanos = nanoClock.getAsLong();
    this.drawnNanos = beganNanos + FIRST_NANOS - INTERVAL_NANOS;
    if (streams.terminal().err()) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::hide));
    }
  }

  /// Draws it if it is time to.
  void draw(Collection<Job> running, int doneFiles, int files) {
    long now = nanoClock.getAsLong();
    if (streams.terminal().err() && now - drawnNanos >= INTERVAL_NANOS) {
      drawnNanos = now;
      visible = true;
      Progress progress =
          running.stream().map(Job::progress).reduce(Progress.NOTHING, Progress::plus);
      streams.onTerminal(CLEAR + line(progress, doneFiles, running.size(), files));
    }
  }

  /// Gives the line back to whoever writes next.
  void hide() {
    if (visible) {
      visible = false;
      streams.onTerminal(CLEAR);
    }
  }

  private String line(Progress progress, int doneFiles, int runningFiles, int files) {
    double share = share(progress, doneFiles, runningFiles, files);
    String text =
        " %3d %%  %s%s  %d of %d files  %d s"
            .formatted(
                (int) (share * 100),
                amount(progress),
                pace(progress),
                doneFiles,
                files,
                Duration.ofNanos(nanoClock.getAsLong() - beganNanos).toSeconds());
    int cells = Math.max(0, streams.terminal().columns() - text.length() - 3);
    int full = (int) (share * cells);
    String bar = "[" + "#".repeat(full) + " ".repeat(cells - full) + "]" + text;
    return bar.substring(0, Math.min(bar.length(), streams.terminal().columns() - 1));
  }

  private static String amount(Progress progress) {
    String done = new HumanSize(progress.doneBytes()).toString();
    return progress.totalBytes() == 0 ? done : done + " of " + new HumanSize(progress.totalBytes());
  }

  /// The rate, and the time that is left for the files that are under way; nothing where nobody
  /// measures, or nothing moves.
  private static String pace(Progress progress) {
    long rate = (long) progress.bytesPerSecond();
    if (rate == 0) {
      return "";
    }
    String text = "  " + new HumanSize(rate) + "/s";
    return progress.totalBytes() == 0
        ? text
        : text + "  %d s left".formatted((progress.totalBytes() - progress.doneBytes()) / rate);
  }

  /// Each file counts the same: the sizes of those that have not been opened are not known.
  private static double share(Progress progress, int doneFiles, int runningFiles, int files) {
    double current =
        progress.totalBytes() == 0 ? 0 : (double) progress.doneBytes() / progress.totalBytes();
    return Math.min(1, (doneFiles + runningFiles * current) / files);
  }
}
