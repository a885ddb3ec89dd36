package io.filewright.internal.ring;

import io.filewright.error.FileException;
import io.filewright.internal.load.PopulateOpener;
import io.filewright.internal.map.Errnos;
import io.filewright.internal.map.FileWork;
import io.filewright.internal.map.NativeFile;
import io.filewright.internal.os.Os;
import io.filewright.internal.threads.ThreadedEngine;
import io.filewright.internal.threads.WorkerThreads;
import io.filewright.spi.Allocation;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineSettings;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedDirectory;
import io.filewright.spi.OpenedFile;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Lets the kernel open and load, so that no thread is held meanwhile.
///
/// Its ring is made when it is first needed. What a ring cannot do, and all that is asked for after
/// it has been closed or has failed, is done by threads as the populate engine does it.
final class UringEngine implements Engine {

  private final String name;
  private final Os os;
  private final Errnos errnos;
  private final EngineSettings settings;
  private final WorkerThreads threads;
  private final ThreadedEngine threaded;
  private final FileWork work;
  private volatile @Nullable Loop loop;
  private volatile boolean closed;
  private boolean refused;

  UringEngine(String name, Os os, EngineSettings settings) {
    this.name = name;
    this.os = os;
    this.errnos = new Errnos(os);
    this.settings = settings;
    this.threads = new WorkerThreads(settings);
    this.threaded = new ThreadedEngine(name, new PopulateOpener(os), threads);
    this.work = new RingWork(() -> loop().map(Loop::ring), threads);
  }

  /// A ring and what opens files by it.
  private record Loop(Ring ring, Opener opener) {}

  @Override
  public String name() {
    return name;
  }

  @Override
  public int pageSize() {
    return threaded.pageSize();
  }

  @Override
  public int maxRegions() {
    return threaded.maxRegions();
  }

  /// A path that must stay beneath a directory takes two opens, of which the ring has no form as
  /// one.
  @Override
  public CompletionStage<OpenedFile> open(OpenRequest request, BooleanSupplier wanted) {
    Optional<Loop> current = request.beneath().isPresent() ? Optional.empty() : loop();
    return current.isEmpty()
        ? threaded.open(request, wanted)
        : current.get().opener().open(request, wanted, () -> threaded.open(request, wanted));
  }

  @Override
  public OpenedFile openNow(OpenRequest request) throws FileException {
    return NativeFile.open(os, errnos, request, work);
  }

  @Override
  public OpenedDirectory openDirectory(OpenRequest request) throws FileException {
    return threaded.openDirectory(request);
  }

  @Override
  public Allocation allocate(long byteSize) {
    return threaded.allocate(byteSize);
  }

  @Override
  public Executor blocking() {
    return threaded.blocking();
  }

  @Override
  public Executor steps() {
    return task -> {
      Loop current = loop;
      if (current == null || threads.isOwnThread()) {
        threads.openers().execute(task);
      } else {
        current.ring().execute(task);
      }
    };
  }

  @Override
  public void close() {
    closed = true;
    threaded.close();
    synchronized (this) {
      if (loop != null) {
        loop.ring().close();
      }
    }
  }

  /// The ring, as long as there is one to use.
  private Optional<Loop> loop() {
    Loop current = loop;
    if (current == null && !closed) {
      current = started();
    }
    return current != null && current.ring().isUsable() ? Optional.of(current) : Optional.empty();
  }

  private synchronized @Nullable Loop started() {
    if (loop == null && !refused && !closed) {
      try {
        var ring = new Ring(workers(), threads.openers());
        loop = new Loop(ring, new Opener(new Opener.Tools(ring, os, work, threads)));
      } catch (RuntimeException | LinkageError e) {
        refused = true;
        System.getLogger("io.filewright")
            .log(
                Level.WARNING,
                "The kernel refuses an io_uring now; files are loaded by threads: {0}.",
                Refusal.reason(e));
      }
    }
    return loop;
  }

  /// The most threads of the kernel's: for opens that hang, and for loads beside them.
  private int workers() {
    return Opener.MOST_OPENS + Math.max(settings.openThreads(), settings.loadThreads());
  }
}
