package io.filewright;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import io.filewright.internal.region.Counters;
import io.filewright.internal.region.LeakDetector;
import io.filewright.memory.MemoryBudget;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineSettings;
import io.filewright.spi.OpenRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// An engine with its threads, and the limits for the files that it opens.
///
/// Most programs use the shared one through [AsyncFiles]; a runtime of one's own has bounds of its
/// own and can be closed. All methods may be called from any thread.
public final class FileRuntime implements AutoCloseable {

  private final Engine engine;
  private final MemoryBudget budget;
  private final Counters counters = new Counters();
  private final RegionSlots slots;
  private final RegionParts.Services services;
  private final Set<AsyncFileHandle<?>> loading = ConcurrentHashMap.newKeySet();
  private final boolean isShared;
  private volatile boolean closed;

  private FileRuntime(Engine engine, Builder builder, boolean isShared) {
    this.engine = engine;
    this.isShared = isShared;
    this.budget = builder.budget;
    this.slots = new RegionSlots(counters.activeRegions, builder.maxRegions, engine.maxRegions());
    this.services =
        new RegionParts.Services(counters, new LeakDetector(counters), builder.callbacks);
  }

  /// A runtime with bounds of its own; the defaults are those of the shared one.
  public static Builder builder() {
    return new Builder();
  }

  /// All engines on the class path, the preferred one first.
  public static List<EngineStatus> engines() {
    return Engines.list();
  }

  /// The runtime that [AsyncFiles] uses. It cannot be closed.
  public static FileRuntime shared() {
    return Shared.RUNTIME;
  }

  /// Begins to load a file, see [AsyncFiles#open(Path, OpenOptions)].
  public <R extends MmapRegion> AsyncFileHandle<R> open(Path path, OpenOptions<R> options) {
    return openLazy(path, options).start();
  }

  /// Begins to load a file that was opened elsewhere, and takes it over.
  public <R extends MmapRegion> AsyncFileHandle<R> open(FileSource source, OpenOptions<R> options) {
    checkOpen();
    return new AsyncFileHandle<>(new Loader<>(this, options, new Origin.Opened(source))).start();
  }

  /// A handle that begins to load when it is first asked, see [AsyncFiles#openLazy(Path)].
  public <R extends MmapRegion> AsyncFileHandle<R> openLazy(Path path, OpenOptions<R> options) {
    checkOpen();
    return new AsyncFileHandle<>(loader(path, options));
  }

  /// Loads a file while the caller waits, see [AsyncFiles#openSync(Path, OpenOptions)].
  @MustBeClosed
  public <R extends MmapRegion> R openSync(Path path, OpenOptions<R> options) throws FileException {
    checkOpen();
    boolean elsewhere =
        Thread.currentThread().isVirtual() || options.limits().timeout().isPresent();
    return elsewhere ? open(path, options).awaitUninterruptibly() : loader(path, options).loadNow();
  }

  /// Whether a file can be found, see [AsyncFiles#exists(Path)].
  public CompletableFuture<Boolean> exists(Path path) {
    return ask(path, PathQuery::exists);
  }

  /// A file's size, see [AsyncFiles#size(Path)].
  public CompletableFuture<Long> size(Path path) {
    return ask(path, PathQuery::size);
  }

  /// What can be done with a file where it lies, see [AsyncFiles#support(Path)].
  public CompletableFuture<FileSupport> support(Path path) {
    return ask(path, file -> FileSupport.of(engine, file));
  }

  /// The name of the engine that is at work.
  public String engineName() {
    return engine.name();
  }

  /// The engine that is at work, for those who build on descriptors instead of regions. It belongs
  /// to the runtime, which closes it.
  public Engine engine() {
    return engine;
  }

  /// What copies are charged to.
  public MemoryBudget budget() {
    return budget;
  }

  /// Size of a memory page, in bytes.
  public int pageSize() {
    return engine.pageSize();
  }

  /// How many regions may live at the same time.
  public long maxRegions() {
    return slots.cap();
  }

  /// What it holds and has done.
  public RuntimeStats stats() {
    return new RuntimeStats(
        counters.activeRegions.get(),
        counters.mappedBytes.get(),
        counters.copiedBytes.get(),
        counters.openDescriptors.get(),
        counters.prefaultedBytes.sum(),
        counters.faults.sum(),
        counters.leaks.sum(),
        counters.failedCloses.sum());
  }

  /// Refuses further opens, cancels the loads that are under way and lets go of the threads.
  /// Regions that are ready stay valid. Idempotent.
  ///
  /// @throws UnsupportedOperationException on the shared runtime
  @Override
  public void close() {
    if (isShared) {
      throw new UnsupportedOperationException("The shared runtime cannot be closed.");
    }
    closed = true;
    engine.close();
    loading.forEach(AsyncFileHandle::cancel);
  }

  Counters counters() {
    return counters;
  }

  RegionSlots slots() {
    return slots;
  }

  RegionParts.Services services() {
    return services;
  }

  Set<AsyncFileHandle<?>> loading() {
    return loading;
  }

  private <R extends MmapRegion> Loader<R> loader(Path path, OpenOptions<R> options) {
    var lookup = options.lookup();
    var request = new OpenRequest(path, lookup.intent(), lookup.symlinks(), lookup.beneath());
    return new Loader<>(this, options, new Origin.Named(request));
  }

  private <T> CompletableFuture<T> ask(Path path, PathQuery.Question<T> question) {
    checkOpen();
    var answer = new CompletableFuture<T>();
    engine
        .blocking()
        .execute(
            () -> {
              try {
                answer.complete(question.ask(path));
              } catch (FileException | RuntimeException | Error e) {
                answer.completeExceptionally(e);
              }
            });
    return services.handOut(answer);
  }

  private void checkOpen() {
    if (closed) {
      throw new AlreadyClosed("The runtime");
    }
  }

  /// Created by the first use of [AsyncFiles].
  private static final class Shared {
    static final FileRuntime RUNTIME = new Builder().forEverybody();
  }

  /// Chooses what a runtime is made of.
  public static final class Builder {

    private EngineChoice choice = Engines::best;

    /// Opens and small loads wait for the disk, not for processors: with 8 threads, 10,000 cold
    /// files of 1 to 64 KiB take half of the time that they take with 2, and hot ones no longer.
    private int openThreads = Math.max(8, Runtime.getRuntime().availableProcessors());

    private int spareThreads = 56;
    private int loadThreads = Math.max(2, Runtime.getRuntime().availableProcessors());
    private long maxRegions = Long.MAX_VALUE;
    private MemoryBudget budget = MemoryBudget.ofBytes(Runtime.getRuntime().maxMemory());
    private Executor callbacks = task -> Thread.ofVirtual().name("filewright-callback").start(task);

    private Builder() {}

    /// This engine and no other; without it, the best one that can run.
    public Builder engine(String name) {
      this.choice = settings -> Engines.named(name, settings);
      return this;
    }

    /// This engine if it is there and can run here, else the best one that can: a container may
    /// refuse `io_uring`. The first time that happens in a process, a log line says why.
    public Builder preferredEngine(String name) {
      this.choice = settings -> Engines.preferred(name, settings);
      return this;
    }

    /// An engine of one's own, such as a fake in a test. It is closed with the runtime; the bounds
    /// on threads are its own.
    public Builder engine(Engine engine) {
      this.choice = _ -> engine;
      return this;
    }

    /// Bounds on the threads that open files.
    ///
    /// @param threads at work at the same time while the disk is slow; one for each processor by
    ///   default, at least 8. While nothing waits for the disk, no more than there are processors
    /// @param spare further ones, started only while all others hang in an open; 56 by default
    public Builder openThreads(int threads, int spare) {
      this.openThreads = threads;
      this.spareThreads = spare;
      return this;
    }

    /// Bound on the threads that bring pages in; one for each processor by default, at least 2.
    public Builder loadThreads(int threads) {
      this.loadThreads = threads;
      return this;
    }

    /// Bound on regions that live at the same time, below the engine's own bound.
    public Builder maxRegions(long regions) {
      this.maxRegions = regions;
      return this;
    }

    /// What copies are charged to; by default a budget as large as the heap may become.
    public Builder budget(MemoryBudget newBudget) {
      this.budget = newBudget;
      return this;
    }

    /// Runs what depends on futures that are handed out; by default each task on a virtual thread
    /// of its own.
    public Builder callbackExecutor(Executor executor) {
      this.callbacks = executor;
      return this;
    }

    /// Starts the engine.
    ///
    /// @throws Unsupported if the engine that was named is not there or cannot run here
    @MustBeClosed
    public FileRuntime build() throws Unsupported {
      return new FileRuntime(choice.engine(settings()), this, false);
    }

    private FileRuntime forEverybody() {
      return new FileRuntime(Engines.best(settings()), this, true);
    }

    private EngineSettings settings() {
      return new EngineSettings(openThreads, spareThreads, loadThreads);
    }

    private interface EngineChoice {
      Engine engine(EngineSettings settings) throws Unsupported;
    }
  }
}
