package io.filewright.testkit;

import io.filewright.error.AlreadyExists;
import io.filewright.error.Cancelled;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.NotFound;
import io.filewright.spi.Allocation;
import io.filewright.spi.Engine;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/// An engine whose files are in memory, and which forgives nothing: it counts open files, mappings
/// and allocations, refuses the use of anything that has been closed, and remembers each such
/// breach even if the exception was swallowed. End a test with [#assertNothingOpen].
///
/// ```java
/// var engine = StrictEngine.create().withFile(path, bytes);
/// try (var runtime = FileRuntime.builder().engine(engine).build()) {
///   ...
/// }
/// engine.assertNothingOpen();
/// ```
///
/// Loads go in chunks of [#CHUNK_BYTES], so that a small file has several. A mapping shows the
/// content of the moment at which it was mapped; reads and sizes show that of now. What is mapped
/// for writing is the content itself.
public final class StrictEngine implements Engine {

  /// Size of a page and of a chunk, in bytes.
  public static final int CHUNK_BYTES = 4096;

  private final Map<Path, MemorySegment> files = new ConcurrentHashMap<>();
  private final Ledger ledger = new Ledger();
  private final StrictLocks locks = new StrictLocks();
  private final Executor executor;
  private final ScopedValue<Boolean> working = ScopedValue.newInstance();
  private volatile boolean closed;

  private StrictEngine(Executor executor) {
    this.executor = executor;
  }

  /// An engine that works on virtual threads.
  public static StrictEngine create() {
    return on(task -> Thread.ofVirtual().name("strict-engine").start(task));
  }

  /// An engine that works on an executor, such as a queue which the test empties step by step.
  public static StrictEngine on(Executor executor) {
    return new StrictEngine(executor);
  }

  /// Creates or replaces a file; files that are open have the new content from now on.
  ///
  /// @return this
  public StrictEngine withFile(Path path, byte[] content) {
    files.put(path, memory(content.length).copyFrom(MemorySegment.ofArray(content)));
    return this;
  }

  /// Makes a file vanish; files that are open are empty from now on.
  public void delete(Path path) {
    files.remove(path);
  }

  /// How many files are open.
  public long openFiles() {
    return ledger.openCount("file");
  }

  /// How many mappings are open.
  public long openMappings() {
    return ledger.openCount("mapping");
  }

  /// How many allocations are open.
  public long openAllocations() {
    return ledger.openCount("allocation");
  }

  /// Fails if anything is open, or if anything was used after it had been closed or closed twice.
  ///
  /// @throws AssertionError with all of it; its cause is the stack that opened one of them
  public void assertNothingOpen() {
    ledger.assertNothingOpen();
  }

  @Override
  public String name() {
    return "strict";
  }

  @Override
  public int pageSize() {
    return CHUNK_BYTES;
  }

  @Override
  public int maxRegions() {
    return 32_000;
  }

  @Override
  public CompletionStage<OpenedFile> open(OpenRequest request, BooleanSupplier wanted) {
    if (closed) {
      throw new RejectedExecutionException("The engine is closed.");
    }
    return submit(
        () -> {
          if (wanted.getAsBoolean()) {
            return openNow(request);
          }
          throw new Cancelled(details(request.path(), "open", "nobody waits for it any more"));
        });
  }

  @Override
  public OpenedFile openNow(OpenRequest request) throws FileException {
    Path path = request.path();
    boolean isNew = request.intent().creates() && files.putIfAbsent(path, memory(0)) == null;
    if (request.intent() == OpenIntent.CREATE_NEW && !isNew) {
      throw new AlreadyExists(details(path, "open", "there is a file of this name already"));
    }
    if (!files.containsKey(path)) {
      throw new NotFound(details(path, "open", "there is no such file"));
    }
    return new StrictFile(this, path, request.intent(), ledger.opened("file " + path));
  }

  @Override
  public Allocation allocate(long byteSize) {
    return new StrictAllocation(
        ledger.opened("allocation of " + byteSize + " bytes"), Arena.ofShared(), byteSize);
  }

  @Override
  public Executor blocking() {
    return task -> {
      if (working.isBound()) {
        task.run();
        return;
      }
      if (closed) {
        throw new RejectedExecutionException("The engine is closed.");
      }
      executor.execute(() -> work(task));
    };
  }

  @Override
  public void close() {
    closed = true;
  }

  static FailureDetails details(Path path, String operation, String cause) {
    return FailureDetails.of(path, operation, cause, "Check the test");
  }

  MemorySegment content(Path path) {
    return files.getOrDefault(path, MemorySegment.NULL);
  }

  /// Gives a file another size; mappings stay with what was there.
  void resize(Path path, long byteSize) {
    files.computeIfPresent(
        path,
        (_, content) -> {
          long kept = Math.min(content.byteSize(), byteSize);
          MemorySegment changed = memory(byteSize);
          MemorySegment.copy(content, 0, changed, 0, kept);
          return changed;
        });
  }

  private static MemorySegment memory(long byteSize) {
    return Arena.ofAuto().allocate(byteSize);
  }

  StrictLocks locks() {
    return locks;
  }

  Ledger ledger() {
    return ledger;
  }

  <T> CompletionStage<T> submit(Callable<T> task) {
    var result = new CompletableFuture<T>();
    executor.execute(
        () ->
            work(
                () -> {
                  try {
                    result.complete(task.call());
                  } catch (Throwable e) {
                    result.completeExceptionally(e);
                  }
                }));
    return result;
  }

  /// Marks the thread as one of the engine's own for as long as it works.
  private void work(Runnable task) {
    ScopedValue.where(working, true).run(task);
  }

  private record StrictAllocation(Ledger.Entry entry, Arena owner, MemorySegment memory)
      implements Allocation {

    StrictAllocation(Ledger.Entry entry, Arena owner, long byteSize) {
      this(entry, owner, owner.allocate(byteSize));
    }

    @Override
    public MemorySegment segment(Arena arena) {
      entry.use("segment");
      return memory;
    }

    @Override
    public void close() {
      entry.close();
      owner.close();
    }
  }
}
