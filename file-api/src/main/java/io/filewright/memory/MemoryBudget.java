package io.filewright.memory;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.MemoryLimitExceeded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A bound on bytes that are held at the same time, exact to the byte under any number of threads.
///
/// It counts what is reserved; allocating is the holder's business. Mapped pages are not charged:
/// the kernel takes them back when it needs to.
///
/// ## Family
///
/// A [#child] has a limit of its own, and what it reserves counts for its parent too, and so on
/// upwards: one import cannot take more than its share, and all together no more than the process
/// may have. Limits of children may add up to more than their parent's.
///
/// ## Waiting
///
/// [#tryReserve] and [#reserveNow] never wait. [#reserve] and [#reserveAsync] do, in the order in
/// which they came: nobody overtakes somebody who waits for room in the same budget, so a large
/// request is not starved by small ones.
///
/// Each reservation and each release is a line of the log `io.filewright.memory` at debug.
///
/// All methods may be called from any thread.
public final class MemoryBudget {

  private final String name;
  private final long limitBytes;
  private final @Nullable MemoryBudget parent;
  private final BudgetFamily family;
  private final Ledger ledger;

  private MemoryBudget(
      String name, long limitBytes, @Nullable MemoryBudget parent, BudgetFamily family) {
    if (limitBytes < 0) {
      throw new IllegalArgumentException("limitBytes: " + limitBytes);
    }
    this.name = name;
    this.limitBytes = limitBytes;
    this.parent = parent;
    this.family = family;
    this.ledger = new Ledger(name, limitBytes, parent == null ? null : parent.ledger);
  }

  /// A budget of so many bytes.
  public static MemoryBudget ofBytes(long limitBytes) {
    return new MemoryBudget("process", limitBytes, null, new BudgetFamily());
  }

  /// A share of the memory that this process may use: the smallest limit of the control groups it
  /// is in (versions 1 and 2), or the machine's memory where there is none.
  ///
  /// What the Java heap may take (`-Xmx`) is not there for anything else: the budget is at most
  /// what remains beside it, but no less than [#LEAST_CONTAINER_BYTES].
  ///
  /// @param fraction over 0, at most 1; a quarter is a good start
  public static MemoryBudget ofContainer(double fraction) {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction: " + fraction);
    }
    long container = ContainerMemory.ofThisProcess().limitBytes();
    long beside = container - Runtime.getRuntime().maxMemory();
    long share = Math.min((long) (container * fraction), beside);
    return ofBytes(Math.max(LEAST_CONTAINER_BYTES, share));
  }

  /// What [#ofContainer] gives at least, in bytes: 16 MiB.
  public static final long LEAST_CONTAINER_BYTES = 16L << 20;

  /// A budget within this one.
  ///
  /// @param childName what messages call it, such as `import of orders.csv`
  /// @param childLimitBytes its own limit; a larger one than this budget's has no effect
  public MemoryBudget child(String childName, long childLimitBytes) {
    return new MemoryBudget(childName, childLimitBytes, this, family);
  }

  /// Reserves bytes if there is room and nobody waits for it; never waits. Caches are asked to let
  /// go of what they only keep for later, see [Reclaimable].
  ///
  /// @return the reservation, to be closed when the memory is given back; empty if it does not fit
  public Optional<Reservation> tryReserve(long byteSize) {
    checkSize(byteSize);
    boolean taken = family.tryTake(ledger, byteSize);
    while (!taken && isPossible(byteSize) && family.reclaimMissing(ledger, byteSize)) {
      taken = family.tryTake(ledger, byteSize);
    }
    return taken ? Optional.of(reserved(byteSize)) : Optional.empty();
  }

  /// Reserves bytes for holding a file's content; never waits.
  ///
  /// @throws MemoryLimitExceeded if they do not fit
  @MustBeClosed
  public Reservation reserveNow(long byteSize, Path file) throws MemoryLimitExceeded {
    return tryReserve(byteSize).orElseThrow(() -> exceeded(byteSize, file));
  }

  /// Reserves bytes, and waits until there is room.
  ///
  /// @throws MemoryLimitExceeded if they will never fit: a limit is smaller than that
  /// @throws InterruptedException if the thread is interrupted while it waits; nothing is reserved
  @MustBeClosed
  public Reservation reserve(long byteSize) throws MemoryLimitExceeded, InterruptedException {
    checkPossible(byteSize);
    var waiter = new Waiter(this, byteSize);
    request(waiter);
    return waiter.await();
  }

  /// Reserves bytes as soon as there is room.
  ///
  /// @return completes with the reservation, on a virtual thread; cancelling it gives up the place
  ///   in the queue. Fails with [MemoryLimitExceeded] if the bytes will never fit
  public CompletableFuture<Reservation> reserveAsync(long byteSize) {
    try {
      checkPossible(byteSize);
    } catch (MemoryLimitExceeded e) {
      return CompletableFuture.failedFuture(e);
    }
    var waiter = new Waiter(this, byteSize);
    request(waiter);
    return waiter.future();
  }

  /// What messages call it; `process` for one that is no child.
  public String name() {
    return name;
  }

  /// The bound, in bytes.
  public long limitBytes() {
    return limitBytes;
  }

  /// Bytes reserved at this moment, those of children among them.
  public long usedBytes() {
    return family.read(() -> ledger.used());
  }

  /// Bytes that could be reserved at this moment if nobody waited: the least that this budget and
  /// those above it have left.
  public long availableBytes() {
    return family.read(ledger::available);
  }

  /// Whether anybody waits for room here, so that nothing should be kept for later.
  public boolean isContended() {
    return family.isContended(ledger);
  }

  /// All figures at one moment.
  public BudgetStats stats() {
    long cached = family.cachedBytes(ledger);
    return family.read(() -> ledger.stats(cached));
  }

  /// Lets the peak begin anew at what is used now.
  public void resetPeak() {
    family.read(ledger::resetPeak);
  }

  /// A chunk size that suits what is available now: see [ChunkSizes#optimal].
  ///
  /// @param totalBytes of all that is to be processed, at least 0
  /// @param recordBytes of one record, at least 1
  /// @return bytes, a multiple of `recordBytes`
  public long optimalChunkSize(long totalBytes, long recordBytes) {
    return ChunkSizes.optimal(availableBytes(), totalBytes, recordBytes);
  }

  /// Makes a cache known, so that it is asked to let go before anybody is refused.
  ///
  /// @return takes it out again
  public Registration register(Reclaimable cache) {
    return family.register(ledger, cache);
  }

  /// Calls a listener each time the use rises to a part of the limit, on a virtual thread; again
  /// after it was below. What it throws is logged, and it hears of the next time too.
  ///
  /// @param watermark over 0, at most 1
  /// @return ends it
  public Registration onPressure(double watermark, Consumer<BudgetStats> listener) {
    if (!(watermark > 0 && watermark <= 1)) {
      throw new IllegalArgumentException("watermark: " + watermark);
    }
    long bytes = Math.max(1, (long) (limitBytes * watermark));
    return family.watch(ledger, new Watermark(bytes, () -> listener.accept(stats())));
  }

  /// Reports regularly: a [io.filewright.event.MemoryBudgetEvent] and a line in the log
  /// `io.filewright.memory`, which warns with advice when less than half of the peak is in use or
  /// more than 0.8 of what there is.
  ///
  /// @return ends it
  public Registration monitor(Duration interval) {
    return BudgetMonitor.start(this, interval);
  }

  /// Reports every 30 seconds.
  public Registration monitor() {
    return monitor(Duration.ofSeconds(30));
  }

  /// The reservation of bytes that were taken.
  Reservation reserved(long byteSize) {
    BudgetLog.reserved(name, byteSize);
    return new Reservation(this, byteSize);
  }

  void giveBack(long byteSize) {
    family.giveBack(ledger, byteSize);
    BudgetLog.released(name, byteSize);
  }

  /// One reservation has become so many.
  void countParts(int parts) {
    family.read(() -> ledger.countParts(parts));
  }

  BudgetFamily family() {
    return family;
  }

  Ledger ledger() {
    return ledger;
  }

  private void request(Waiter waiter) {
    if (!family.enqueue(waiter)) {
      family.reclaim(ledger, waiter.byteSize());
    }
  }

  private void checkPossible(long byteSize) throws MemoryLimitExceeded {
    checkSize(byteSize);
    for (MemoryBudget budget = this; budget != null; budget = budget.parent) {
      if (byteSize > budget.limitBytes) {
        throw budget.exceeded(byteSize, Path.of(""));
      }
    }
  }

  /// Whether no limit is smaller than that: else it is in vain to let anything go for it.
  private boolean isPossible(long byteSize) {
    for (MemoryBudget budget = this; budget != null; budget = budget.parent) {
      if (byteSize > budget.limitBytes) {
        return false;
      }
    }
    return true;
  }

  private static void checkSize(long byteSize) {
    if (byteSize < 0) {
      throw new IllegalArgumentException("byteSize: " + byteSize);
    }
  }

  /// Tells of the budget that is short, which may be one above this.
  private MemoryLimitExceeded exceeded(long byteSize, Path file) {
    Ledger.Shortage shortage = family.read(() -> ledger.shortage(byteSize));
    var details =
        FailureDetails.of(
            file,
            "reserve",
            shortage.message(byteSize),
            "Close what is no longer used, or allow a larger budget");
    return new MemoryLimitExceeded(
        details, byteSize, shortage.usedBytes(), shortage.limitBytes(), shortage.holders());
  }
}
