package io.filewright.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A point at which a call of a [FaultyEngine] stands still until the test lets it go on, half a
/// minute at most.
public final class Gate {

  /// A test that forgot its gate fails, and does not hang.
  private static final long SECONDS = 30;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CompletableFuture<Void> open = new CompletableFuture<>();

  Gate() {}

  /// Waits until a call stands here.
  ///
  /// @throws AssertionError if none comes in time
  public void awaitReached(Duration patience) throws InterruptedException {
    if (!reached.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new AssertionError("no call has come within " + patience);
    }
  }

  /// Lets the call go on, and all later ones; idempotent.
  public void release() {
    open.complete(null);
  }

  void pass() {
    reached.countDown();
    open.copy().orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /// The gate's opening, for a call that must not block.
  CompletableFuture<Void> passLater() {
    reached.countDown();
    return open;
  }
}
