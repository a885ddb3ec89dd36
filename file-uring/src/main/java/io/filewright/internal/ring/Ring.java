package io.filewright.internal.ring;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// An io_uring with the one thread that submits to it and hears from it.
///
/// ```
///   submit --> arrivals --> waiting --> flying[slot] --> kernel --> handle --> Operation.end
///   any thread |            the loop's thread                                             |
/// ```
///
/// Whatever the ring does not do (it is closing, or the kernel failed it) ends as
/// [Operation#NOT_DONE], so that no one waits for ever.
final class Ring implements IoUringIoHandle {

  /// Operations that the kernel has at the same time; more wait in a queue of ours, one for each
  /// handle or future that somebody holds.
  static final int MOST_IN_FLIGHT = 256;

  /// Room for all of them and for as many cancels, so that a submission never finds it full.
  private static final int RING_ENTRIES = 2 * MOST_IN_FLIGHT;

  /// How often an operation is submitted that a signal ends each time, before the error stands.
  private static final int MOST_TRIES = 100;

  /// How long a closed ring waits for what is under way before it has the kernel cancel it.
  private static final long DRAIN_MILLIS = 1_000;

  /// How long after the end of a broken ring its operations end: until then the kernel may still
  /// write to their memory.
  private static final long GRACE_MILLIS = 1_000;

  private static final short CANCEL = -1;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final int ECANCELED = 125;

  private final MultiThreadIoEventLoopGroup group;
  private final IoEventLoop loop;
  private final Executor elsewhere;
  private final Queue<Runnable> arrivals = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean ended;
  private volatile boolean closed;

  // The rest belongs to the loop's thread.
  private final @Nullable Operation[] flying = new @Nullable Operation[MOST_IN_FLIGHT];
  private final long[] tokens = new long[MOST_IN_FLIGHT];
  private final short[] free = new short[MOST_IN_FLIGHT];
  private int freeSlots = MOST_IN_FLIGHT;
  private int mostFlying;
  private final ArrayDeque<Operation> waiting = new ArrayDeque<>();
  private @Nullable IoRegistration registration;
  private boolean closing;

  /// Has the kernel make one.
  ///
  /// @param workers the most threads of the kernel's own that work for it
  /// @param elsewhere runs what arrived after its end
  /// @throws RuntimeException if the kernel refuses
  Ring(int workers, Executor elsewhere) {
    this.elsewhere = elsewhere;
    for (short slot = 0; slot < MOST_IN_FLIGHT; slot++) {
      free[slot] = slot;
    }
    var config =
        new IoUringIoHandlerConfig().setRingSize(RING_ENTRIES).setMaxBoundedWorker(workers);
    this.group =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("filewright-ring", true),
            IoUringIoHandler.newFactory(config));
    this.loop = group.next();
    var _ = group.terminationFuture().addListener(_ -> terminated());
    var _ = loop.register(this).addListener(this::registered);
  }

  /// Submits, from any thread.
  void submit(Operation operation) {
    if (isOnLoop()) {
      start(operation);
    } else {
      arrive(() -> start(operation));
    }
  }

  /// Runs a task that does not block on the loop's thread.
  ///
  /// @throws RejectedExecutionException after its end
  void execute(Runnable task) {
    if (ended) {
      throw new RejectedExecutionException("The ring is closed.");
    }
    if (isOnLoop()) {
      task.run();
    } else {
      arrive(task);
    }
  }

  boolean isOnLoop() {
    return loop.inEventLoop();
  }

  /// Whether it takes operations.
  boolean isUsable() {
    return !closed && !ended;
  }

  /// The most operations that the kernel has had at the same time. For tests; exact on the loop's
  /// thread.
  int mostFlying() {
    return mostFlying;
  }

  /// Takes no further operations, ends those which wait as not done, and the loop with the last
  /// that is under way. Never waits. Idempotent; Netty calls it, too, when the loop ends.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      arrive(this::beginClosing);
    }
  }

  /// A future that ends with the loop's thread.
  Future<?> termination() {
    return group.terminationFuture();
  }

  /// Runs a task on the loop's thread, later; or, after its end, elsewhere.
  void arrive(Runnable task) {
    arrivals.add(task);
    if (ended) {
      flush();
    } else if (woken.compareAndSet(false, true)) {
      try {
        loop.execute(this::takeArrivals);
      } catch (RejectedExecutionException _) {
        ended = true;
        flush();
      }
    }
  }

  private void takeArrivals() {
    woken.set(false);
    for (Runnable task = arrivals.poll(); task != null; task = arrivals.poll()) {
      task.run();
    }
  }

  /// Operations among them end as not done.
  private void flush() {
    for (Runnable task = arrivals.poll(); task != null; task = arrivals.poll()) {
      elsewhere.execute(task);
    }
  }

  private void registered(Future<? super IoRegistration> result) {
    if (result.isSuccess()) {
      registration = (IoRegistration) result.getNow();
    } else {
      broken(result.cause());
    }
  }

  private void start(Operation operation) {
    if (ended || closing) {
      operation.end(Operation.NOT_DONE);
    } else if (freeSlots == 0) {
      waiting.add(operation);
    } else {
      launch(operation);
    }
  }

  private void launch(Operation operation) {
    short slot = free[--freeSlots];
    flying[slot] = operation;
    mostFlying = Math.max(mostFlying, MOST_IN_FLIGHT - freeSlots);
    try {
      tokens[slot] = Objects.requireNonNull(registration).submit(operation.entry(slot));
    } catch (RuntimeException e) {
      land(slot);
      broken(e);
      operation.end(Operation.NOT_DONE);
    }
  }

  private @Nullable Operation land(short slot) {
    Operation operation = flying[slot];
    flying[slot] = null;
    free[freeSlots++] = slot;
    return operation;
  }

  @Override
  public void handle(IoRegistration ignored, IoEvent event) {
    var completion = (IoUringIoEvent) event;
    short slot = (short) completion.userData();
    int result = completion.res();
    if (slot == CANCEL) {
      return;
    }
    Operation operation = Objects.requireNonNull(land(slot));
    try {
      landed(operation, result);
    } finally {
      while (freeSlots > 0 && !waiting.isEmpty()) {
        launch(waiting.remove());
      }
      endIfIdle();
    }
  }

  private void landed(Operation operation, int result) {
    if (closing && (result == -ECANCELED || result == -EINTR)) {
      operation.end(Operation.NOT_DONE);
    } else if (result == -EAGAIN && operation.again(MOST_TRIES)) {
      start(operation.onKernelThread());
    } else if (result == -EINTR && operation.again(MOST_TRIES)) {
      start(operation);
    } else {
      operation.end(result);
    }
  }

  private void beginClosing() {
    closing = true;
    if (ended) {
      return;
    }
    while (!waiting.isEmpty()) {
      waiting.remove().end(Operation.NOT_DONE);
    }
    cancel(true);
    var _ = loop.schedule(() -> cancel(false), DRAIN_MILLIS, TimeUnit.MILLISECONDS);
    endIfIdle();
  }

  /// Has the kernel cancel what it can; that then ends as not done.
  private void cancel(boolean onlyOpens) {
    for (int slot = 0; slot < MOST_IN_FLIGHT; slot++) {
      Operation operation = flying[slot];
      if (operation != null && (!onlyOpens || operation.isOpen())) {
        var call = new Operation.Call(Operation.ASYNC_CANCEL, -1, 0, tokens[slot], 0, 0);
        Objects.requireNonNull(registration).submit(Operation.entry(call, (byte) 0, CANCEL));
      }
    }
  }

  /// Only an idle ring is shut down: Netty would forget what is under way.
  private void endIfIdle() {
    if (closing && freeSlots == MOST_IN_FLIGHT && !ended) {
      ended = true;
      if (registration != null) {
        registration.cancel();
      }
      var _ = group.shutdownGracefully(0, DRAIN_MILLIS, TimeUnit.MILLISECONDS);
      flush();
    }
  }

  private void broken(Throwable cause) {
    if (!closed) {
      closed = true;
      System.getLogger("io.filewright")
          .log(
              Level.WARNING,
              "The io_uring failed; files are loaded by threads from now on: {0}.",
              cause);
      arrive(this::beginClosing);
    }
  }

  /// Whether closed or broken, on a thread of Netty's: what still flies is not coming back.
  private void terminated() {
    boolean expected = ended;
    ended = true;
    if (!expected) {
      broken(new IllegalStateException("its event loop has ended"));
    }
    flush();
    var later = CompletableFuture.delayedExecutor(GRACE_MILLIS, TimeUnit.MILLISECONDS, elsewhere);
    for (int slot = 0; slot < MOST_IN_FLIGHT; slot++) {
      Operation operation = flying[slot];
      if (operation != null) {
        flying[slot] = null;
        later.execute(() -> operation.end(Operation.NOT_DONE));
      }
    }
    while (!waiting.isEmpty()) {
      Operation operation = waiting.remove();
      elsewhere.execute(() -> operation.end(Operation.NOT_DONE));
    }
  }
}
