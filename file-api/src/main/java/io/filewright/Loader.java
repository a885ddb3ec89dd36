package io.filewright;

import io.filewright.error.FileException;
import io.filewright.event.FileOpenEvent;
import io.filewright.event.RegionLoadEvent;
import io.filewright.internal.region.LeakDetector;
import io.filewright.internal.region.Releases;
import io.filewright.spi.Engine;
import io.filewright.spi.LoadListener;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The way of one file: open, size, map or copy, advise, bring in, ready. Whatever fails on it
/// gives back what was taken.
///
/// @param <R> the region's type
final class Loader<R extends MmapRegion> {

  private final FileRuntime runtime;
  private final OpenOptions<R> options;
  private final Origin origin;
  private final RegionBuilder<R> builder;
  private final RegionLoadEvent loadEvent = new RegionLoadEvent();

  Loader(FileRuntime runtime, OpenOptions<R> options, Origin origin) {
    this.runtime = runtime;
    this.options = options;
    this.origin = origin;
    this.builder = new RegionBuilder<>(runtime, options, LeakDetector.openingSite());
  }

  Path path() {
    return origin.path();
  }

  RegionParts.Services services() {
    return runtime.services();
  }

  /// Whether the runtime loads no other file.
  boolean isAlone() {
    return runtime.loading().size() <= 1;
  }

  Executor callbacks() {
    return runtime.services().callbacks();
  }

  /// Does all of it on the calling thread.
  R loadNow() throws FileException {
    loadEvent.begin();
    R region = null;
    FileException failure = null;
    try {
      var opening = new FileOpenEvent();
      opening.begin();
      OpenedFile file;
      try {
        file = origin.openNow(runtime.engine());
      } catch (FileException e) {
        opened(opening, e);
        throw e;
      }
      opened(opening, null);
      region = region(file);
      beforeLoad(region);
      mapping(region).populate(0, bytesToLoad(region), LoadListener.NONE);
      afterLoad(region);
      return region;
    } catch (FileException | RuntimeException | Error e) {
      failure = Failures.typed(path(), "open", e);
      if (region != null) {
        region.close();
      }
      throw e;
    } finally {
      report(region, failure);
    }
  }

  /// Does all of it elsewhere, and tells the handle.
  void load(AsyncFileHandle<R> handle) {
    loadEvent.begin();
    runtime.loading().add(handle);
    handle.onSettled(runtime.loading()::remove);
    options.limits().timeout().ifPresent(allowed -> limit(handle, allowed));
    var opening = new FileOpenEvent();
    opening.begin();
    CompletionStage<OpenedFile> stage;
    try {
      stage = origin.open(runtime.engine(), () -> !handle.isDone());
    } catch (RuntimeException | Error e) {
      failed(handle, null, e);
      return;
    }
    var _ =
        stage.whenCompleteAsync(
            (file, error) -> {
              opened(opening, error);
              if (error != null) {
                failed(handle, null, error);
              } else {
                open(handle, file);
              }
            },
            this::onEngineThread);
  }

  /// Goes on where the stage has completed, but not on the caller's thread if it was quicker than
  /// the caller, nor where nothing may wait if it may. An engine that is closed by now takes no
  /// work; it is then little.
  private void onEngineThread(Runnable task) {
    Engine engine = runtime.engine();
    try {
      (hasBriefSteps() ? engine.steps() : engine.blocking()).execute(task);
    } catch (RejectedExecutionException | OutOfMemoryError _) {
      task.run();
    }
  }

  /// Whether no step between two operations of the engine can take long: leases, locks and clones
  /// ask a file system, and some advice is work.
  private boolean hasBriefSteps() {
    return (options.guard() == Guard.CHECKED || options.guard() == Guard.NONE)
        && options.lookup().locking().isEmpty()
        && options.residence() == OpenOptions.Residence.PAGEABLE
        && switch (options.advice()) {
          case NORMAL, RANDOM, SEQUENTIAL, HUGE_PAGE, NO_HUGE_PAGE -> true;
          case WILL_NEED, DONT_NEED, COLD, PAGE_OUT, POPULATE, EVICT -> false;
        };
  }

  /// Continues with an open file, on an engine's thread: space for what is going to be written.
  private void open(AsyncFileHandle<R> handle, OpenedFile file) {
    CompletionStage<Void> reserved;
    try {
      boolean keep = false;
      try {
        builder.lock(file);
        Optional<RegionBuilder.Extent> extent = builder.toReserve(file);
        if (handle.isDone()) {
          throw Failures.cancelled(path());
        }
        if (extent.isEmpty()) {
          keep = true;
          mapOrCopy(handle, file);
          return;
        }
        reserved = file.allocateAsync(extent.get().byteOffset(), extent.get().byteSize());
        keep = true;
      } finally {
        if (!keep) {
          close(file);
        }
      }
    } catch (FileException | RuntimeException | Error e) {
      failed(handle, null, e);
      return;
    }
    var _ =
        reserved.whenCompleteAsync(
            (_, error) -> {
              if (error == null) {
                mapOrCopy(handle, file);
              } else {
                close(file);
                failed(handle, null, error);
              }
            },
            this::onEngineThread);
  }

  /// Only copying a file that does not say how long it is may block, and is handed over.
  private void mapOrCopy(AsyncFileHandle<R> handle, OpenedFile file) {
    try {
      Optional<R> mapped = Optional.empty();
      boolean keep = false;
      try {
        RegionBuilder.Extent extent = builder.extent(file);
        if (handle.isDone()) {
          throw Failures.cancelled(path());
        }
        if (!builder.prefersCopy(extent)) {
          mapped = builder.map(file, extent);
        }
        if (mapped.isEmpty() && extent.byteSize() == 0) {
          runtime.engine().blocking().execute(() -> copy(handle, file, extent));
        } else if (mapped.isEmpty()) {
          copyAsync(handle, file, extent);
        }
        keep = true;
      } finally {
        if (!keep) {
          close(file);
        }
      }
      if (mapped.isPresent()) {
        bringIn(handle, mapped.get());
      }
    } catch (FileException | RuntimeException | Error e) {
      failed(handle, null, e);
    }
  }

  private void copy(AsyncFileHandle<R> handle, OpenedFile file, RegionBuilder.Extent extent) {
    R region = null;
    try {
      try {
        region = builder.copy(file, extent, () -> !handle.isDone());
      } finally {
        close(file);
      }
      bringIn(handle, region);
    } catch (FileException | RuntimeException | Error e) {
      failed(handle, region, e);
    }
  }

  private void copyAsync(AsyncFileHandle<R> handle, OpenedFile file, RegionBuilder.Extent extent)
      throws FileException {
    var _ =
        builder
            .copyAsync(file, extent, () -> !handle.isDone())
            .whenComplete(
                (region, error) -> {
                  close(file);
                  if (error == null) {
                    bringIn(handle, region);
                  } else {
                    failed(handle, null, error);
                  }
                });
  }

  private void bringIn(AsyncFileHandle<R> handle, R region) {
    try {
      beforeLoad(region);
      long total = bytesToLoad(region);
      if (!handle.loaded(0, total)) {
        throw Failures.cancelled(path());
      }
      mapping(region)
          .populateAsync(0, total, loaded -> handle.loaded(loaded, total))
          .whenCompleteAsync(
              (_, error) -> {
                if (error != null) {
                  failed(handle, region, error);
                } else {
                  finish(handle, region);
                }
              },
              hasBriefSteps() ? Runnable::run : this::onEngineThread);
    } catch (FileException | RuntimeException | Error e) {
      failed(handle, region, e);
    }
  }

  private void finish(AsyncFileHandle<R> handle, R region) {
    try {
      afterLoad(region);
    } catch (FileException | RuntimeException | Error e) {
      failed(handle, region, e);
      return;
    }
    report(region, null);
    handle.ready(region);
    handle.released();
  }

  private void failed(AsyncFileHandle<R> handle, @Nullable R region, Throwable error) {
    FileException failure = Failures.typed(path(), "open", error);
    if (region != null) {
      region.close();
    }
    report(region, failure);
    handle.fail(failure);
    handle.released();
  }

  /// The same on the calling thread; takes the file over.
  private R region(OpenedFile file) throws FileException {
    Optional<R> mapped = Optional.empty();
    try {
      builder.lock(file);
      var needed = builder.toReserve(file);
      if (needed.isPresent()) {
        file.allocate(needed.get().byteOffset(), needed.get().byteSize());
      }
      RegionBuilder.Extent extent = builder.extent(file);
      if (!builder.prefersCopy(extent)) {
        mapped = builder.map(file, extent);
      }
      return mapped.isPresent() ? mapped.get() : builder.copy(file, extent, () -> true);
    } finally {
      if (mapped.isEmpty()) {
        close(file);
      }
    }
  }

  /// RANDOM switches read-ahead off, so it must wait until the pages are in.
  private void beforeLoad(R region) throws FileException {
    if (options.advice() != MmapAdvice.NORMAL && options.advice() != MmapAdvice.RANDOM) {
      region.advise(options.advice());
    }
  }

  private void afterLoad(R region) throws FileException {
    runtime.counters().prefaultedBytes.add(bytesToLoad(region));
    if (options.advice() == MmapAdvice.RANDOM) {
      region.advise(MmapAdvice.RANDOM);
    }
    if (options.residence() == OpenOptions.Residence.LOCKED && !region.isEmpty()) {
      mapping(region).lock(0, region.byteSize());
    }
  }

  private long bytesToLoad(R region) {
    return region.backing() == Backing.COPIED ? 0 : options.prefault().bytesOf(region.byteSize());
  }

  private Mapping mapping(R region) {
    return region.memory().mapping();
  }

  private void limit(AsyncFileHandle<R> handle, Duration allowed) {
    var timer = new CompletableFuture<Void>();
    handle.onSettled(_ -> timer.complete(null));
    timer
        .orTimeout(TimeUnit.NANOSECONDS.convert(allowed), TimeUnit.NANOSECONDS)
        .exceptionally(
            _ -> {
              handle.fail(Failures.timeout(path(), allowed));
              return null;
            });
  }

  private void opened(FileOpenEvent event, @Nullable Throwable error) {
    if (error == null) {
      runtime.counters().openDescriptors.incrementAndGet();
    }
    if (event.shouldCommit()) {
      event.path = path().toString();
      event.engine = runtime.engine().name();
      event.error = error == null ? null : Failures.unwrapped(error).toString();
      event.commit();
    }
  }

  /// Nothing was written through it, so a close that fails is no failure of the load.
  private void close(OpenedFile file) {
    runtime.counters().openDescriptors.decrementAndGet();
    Releases.close(path(), file, runtime.counters());
  }

  private void report(@Nullable R region, @Nullable FileException failure) {
    if (loadEvent.shouldCommit()) {
      loadEvent.path = path().toString();
      if (region != null) {
        loadEvent.backing = region.backing().name();
        loadEvent.byteSize = region.byteSize();
        loadEvent.prefaultedBytes = failure == null ? bytesToLoad(region) : 0;
      }
      loadEvent.error = failure == null ? null : failure.toString();
      loadEvent.commit();
    }
  }
}
