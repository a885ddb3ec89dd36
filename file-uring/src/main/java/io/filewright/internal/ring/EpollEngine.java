package io.filewright.internal.ring;

import io.filewright.error.FileException;
import io.filewright.internal.load.PopulateOpener;
import io.filewright.internal.map.Errnos;
import io.filewright.internal.map.NativeFile;
import io.filewright.internal.map.ThreadWork;
import io.filewright.internal.os.Os;
import io.filewright.internal.threads.BlockingOpener;
import io.filewright.internal.threads.ThreadedEngine;
import io.filewright.internal.threads.WorkerThreads;
import io.filewright.spi.Allocation;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineSettings;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedDirectory;
import io.filewright.spi.OpenedFile;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// Threads do what the populate engine's do; an event loop hears of their ends and does the steps
/// between.
final class EpollEngine implements Engine {

  private final ThreadedEngine threaded;
  private final EpollLoop loop = new EpollLoop();

  EpollEngine(String name, Os os, EngineSettings settings) {
    this.threaded =
        new ThreadedEngine(name, new DeliveringOpener(os, loop), new WorkerThreads(settings));
  }

  @Override
  public String name() {
    return threaded.name();
  }

  @Override
  public int pageSize() {
    return threaded.pageSize();
  }

  @Override
  public int maxRegions() {
    return threaded.maxRegions();
  }

  @Override
  public CompletionStage<OpenedFile> open(OpenRequest request, BooleanSupplier wanted) {
    return loop.deliver(threaded.open(request, wanted));
  }

  @Override
  public OpenedFile openNow(OpenRequest request) throws FileException {
    return threaded.openNow(request);
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
    return loop;
  }

  @Override
  public void close() {
    threaded.close();
    loop.close();
  }

  /// Opens as the populate engine does; the file's further work is delivered, too.
  private static final class DeliveringOpener implements BlockingOpener {

    private final Os os;
    private final EpollLoop loop;
    private final PopulateOpener opener;
    private final Errnos errnos;

    DeliveringOpener(Os os, EpollLoop loop) {
      this.os = os;
      this.loop = loop;
      this.opener = new PopulateOpener(os);
      this.errnos = new Errnos(os);
    }

    @Override
    public int pageSize() {
      return opener.pageSize();
    }

    @Override
    public int maxRegions() {
      return opener.maxRegions();
    }

    @Override
    public Allocation allocate(long byteSize) {
      return opener.allocate(byteSize);
    }

    @Override
    public OpenedFile open(OpenRequest request, WorkerThreads threads) throws FileException {
      return NativeFile.open(os, errnos, request, new EpollWork(new ThreadWork(threads), loop));
    }

    @Override
    public OpenedDirectory openDirectory(OpenRequest request) throws FileException {
      return opener.openDirectory(request);
    }
  }
}
