package io.filewright.internal.threads;

import io.filewright.error.Cancelled;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.spi.Allocation;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineSettings;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedDirectory;
import io.filewright.spi.OpenedFile;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// An engine that lends a platform thread to each open and each load.
public final class ThreadedEngine implements Engine {

  private final String name;
  private final BlockingOpener opener;
  private final WorkerThreads threads;

  public ThreadedEngine(String name, BlockingOpener opener, EngineSettings settings) {
    this(name, opener, new WorkerThreads(settings));
  }

  /// One on threads which it shares with its creator, and closes.
  public ThreadedEngine(String name, BlockingOpener opener, WorkerThreads threads) {
    this.name = name;
    this.opener = opener;
    this.threads = threads;
  }

  @Override
  public String name() {
    return name;
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
  public CompletionStage<OpenedFile> open(OpenRequest request, BooleanSupplier wanted) {
    return threads.open(
        () -> {
          if (!wanted.getAsBoolean()) {
            throw new Cancelled(
                FailureDetails.of(
                    request.path(),
                    "open",
                    "nobody waits for it any more",
                    "Open the file again if it is still needed"));
          }
          return openNow(request);
        });
  }

  @Override
  public OpenedFile openNow(OpenRequest request) throws FileException {
    return opener.open(request, threads);
  }

  @Override
  public OpenedDirectory openDirectory(OpenRequest request) throws FileException {
    return opener.openDirectory(request);
  }

  @Override
  public Allocation allocate(long byteSize) {
    return opener.allocate(byteSize);
  }

  @Override
  public Executor blocking() {
    return threads.openers();
  }

  @Override
  public void close() {
    threads.close();
  }
}
