package io.filewright.stream;

import io.filewright.internal.progress.LatestPublisher;
import io.filewright.internal.progress.SmoothedRate;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Counts what is done, fed by any number of threads, and reports it.
///
/// ```
///   workers ── add(bytes, records) ──> ProgressMeter ──> listeners, Flow subscribers
/// ```
///
/// A report is made whenever the records pass a multiple of [#REPORT_RECORDS], by the thread that
/// fed them; whenever [#REPORT_INTERVAL] would pass without one, also if nothing is fed, by a
/// virtual thread that lives until `close`; and at the end, by the one who closes. Reports never
/// overlap: those that fall due while a listener is still busy become one, and if that happens at
/// the end, the busy thread makes the last report after `close` has returned. A listener holds up
/// the worker that calls it, so it should be quick. One that throws is logged and hears no more.
///
/// The 250 ms are kept as far as virtual threads get to run: where all their carriers are held by
/// page faults, a report is late. Nobody keeps time while nobody listens. `null` is never accepted.
public final class ProgressMeter implements Flow.Publisher<Progress>, AutoCloseable {

  /// After how many records a report is made at the latest.
  public static final long REPORT_RECORDS = 100_000;

  /// After what time a report is made at the latest.
  public static final Duration REPORT_INTERVAL = Duration.ofMillis(250);

  /// The time constant of the rates: what was longer ago than this has a weight of 1/e = 37 %.
  public static final Duration SMOOTHING = Duration.ofSeconds(3);

  /// A report is made in every second tick at the latest, so 50 ms remain for a thread that is
  /// late.
  private static final Duration TICK = Duration.ofMillis(100);

  private final long givenTotalBytes;
  private final LongSupplier nanoClock;
  private final long beganNanos;
  private final LongAdder bytes = new LongAdder();
  private final AtomicLong records = new AtomicLong(); // not an adder: it tells who passed a mark
  private final SmoothedRate byteRate = new SmoothedRate(SMOOTHING);
  private final SmoothedRate recordRate = new SmoothedRate(SMOOTHING);
  private final LatestPublisher<Progress> reports = new LatestPublisher<>();
  private final AtomicInteger due = new AtomicInteger();
  private final AtomicBoolean ticking = new AtomicBoolean();
  private long sampledBytes;
  private long sampledRecords;
  private long sampledNanos;
  private Progress newest;
  private volatile long reportedNanos;
  private volatile boolean closed;

  private ProgressMeter(OptionalLong totalBytes, LongSupplier nanoClock) {
    this.givenTotalBytes = totalBytes.orElse(-1);
    this.nanoClock = nanoClock;
    this.beganNanos = nanoClock.getAsLong();
    this.reportedNanos = beganNanos;
    this.newest = new Progress(0, totalBytes, 0, 0, 0, Duration.ZERO, false);
  }

  /// Begins work of a known size in bytes.
  public static ProgressMeter ofTotal(long totalBytes) {
    if (totalBytes < 0) {
      throw new IllegalArgumentException("totalBytes: " + totalBytes);
    }
    return of(OptionalLong.of(totalBytes), System::nanoTime);
  }

  /// Begins work of which nobody knows how much it is.
  public static ProgressMeter ofUnknownTotal() {
    return of(OptionalLong.empty(), System::nanoTime);
  }

  /// Begins work that is timed by a clock of the caller's, such as a test's.
  ///
  /// @param nanoClock nanoseconds from any origin, never less than before, asked from any thread;
  ///   it is looked at every 100 ms of the system's time
  public static ProgressMeter of(OptionalLong totalBytes, LongSupplier nanoClock) {
    return new ProgressMeter(totalBytes, nanoClock);
  }

  /// Takes note of work done. Best called once for each chunk, though also cheap for each record.
  /// What comes after `close` counts for nothing.
  ///
  /// @throws IllegalArgumentException if one is negative
  public void add(long doneBytes, long doneRecords) {
    if (doneBytes < 0 || doneRecords < 0) {
      throw new IllegalArgumentException("add: " + doneBytes + ", " + doneRecords);
    }
    bytes.add(doneBytes);
    if (doneRecords > 0) {
      long before = records.getAndAdd(doneRecords);
      if (before / REPORT_RECORDS != (before + doneRecords) / REPORT_RECORDS) {
        report();
      }
    }
  }

  /// Has a listener called with each report from now on.
  public void addListener(Consumer<? super Progress> listener) {
    subscribe(new ListeningSubscriber(listener));
  }

  /// Reports to a subscriber as it requests them. A slow one gets the newest, and always the last,
  /// after which it is complete; also if it comes when all is over.
  @Override
  public void subscribe(Flow.Subscriber<? super Progress> subscriber) {
    reports.subscribe(subscriber);
    if (!closed && ticking.compareAndSet(false, true)) {
      var _ = Thread.ofVirtual().name("filewright-progress").start(this::keepTime);
    }
  }

  /// How far the work is now; after `close`, how far it was then.
  public synchronized Progress progress() {
    if (!newest.last()) {
      newest = measure(false);
    }
    return newest;
  }

  /// Ends the work, and makes the last report. Idempotent.
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      newest = measure(true);
      closed = true;
    }
    report();
  }

  private void report() {
    reportedNanos = nanoClock.getAsLong();
    if (due.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      Progress now = progress();
      if (now.last()) {
        reports.end(now);
        return; // leaves it due for ever: nothing follows
      }
      reports.publish(now);
      seen = due.addAndGet(-seen);
    } while (seen != 0);
  }

  private Progress measure(boolean last) {
    long doneBytes = bytes.sum();
    long doneRecords = records.get();
    sample(doneBytes, doneRecords, nanoClock.getAsLong() - beganNanos);
    return new Progress(
        doneBytes,
        givenTotalBytes < 0
            ? OptionalLong.empty()
            : OptionalLong.of(Math.max(givenTotalBytes, doneBytes)),
        doneRecords,
        byteRate.perSecond(),
        recordRate.perSecond(),
        Duration.ofNanos(sampledNanos),
        last);
  }

  /// What is done in no time, as coarse clocks see it, waits for the next sample.
  private void sample(long doneBytes, long doneRecords, long elapsedNanos) {
    long nanos = elapsedNanos - sampledNanos;
    if (nanos > 0) {
      byteRate.sample(doneBytes - sampledBytes, nanos);
      recordRate.sample(doneRecords - sampledRecords, nanos);
      sampledBytes = doneBytes;
      sampledRecords = doneRecords;
      sampledNanos = elapsedNanos;
    }
  }

  private void keepTime() {
    while (!closed) {
      try {
        Thread.sleep(TICK);
      } catch (InterruptedException _) {
        return; // nobody knows this thread
      }
      if (nanoClock.getAsLong() - reportedNanos >= TICK.toNanos()) {
        report();
      }
    }
  }

  /// A listener takes all that comes.
  private record ListeningSubscriber(Consumer<? super Progress> listener)
      implements Flow.Subscriber<Progress> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Progress report) {
      listener.accept(report);
    }

    @Override
    public void onComplete() {
      // The last report says so.
    }

    @Override
    public void onError(Throwable error) {
      throw new IllegalStateException("A listener requests once, and rightly", error);
    }
  }
}
