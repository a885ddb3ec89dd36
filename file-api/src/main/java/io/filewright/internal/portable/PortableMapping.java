package io.filewright.internal.portable;

import io.filewright.error.Cancelled;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import io.filewright.internal.threads.WorkerThreads;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.LoadListener;
import io.filewright.spi.Mapping;
import io.filewright.spi.Residency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/// A mapping in a shared arena.
final class PortableMapping implements Mapping {

  static final AdviceResult NO_HINTS =
      new AdviceResult.Unsupported("the portable engine has no way to tell the kernel");

  private static final long CHUNK_BYTES = 2L << 20;

  private final Path path;
  private final PortableFile file;
  private final Arena owner;
  private final MemorySegment memory;
  private final long fileOffset;
  private final int lead;
  private final WorkerThreads threads;

  PortableMapping(
      PortableFile file,
      Arena owner,
      MemorySegment memory,
      long fileOffset,
      WorkerThreads threads) {
    this.path = file.path();
    this.file = file;
    this.fileOffset = fileOffset;
    this.owner = owner;
    this.memory = memory;
    this.lead = (int) (fileOffset % PortableOpener.PAGE_SIZE);
    this.threads = threads;
  }

  @Override
  public long byteSize() {
    return memory.byteSize();
  }

  @Override
  public MemorySegment segment(Arena arena) {
    return memory;
  }

  @Override
  public void populate(long byteOffset, long byteSize, LoadListener listener) throws FileException {
    for (long done = 0; done < byteSize; ) {
      long size = Math.min(byteSize - done, CHUNK_BYTES);
      load(byteOffset + done, size);
      done += size;
      if (!listener.loaded(done)) {
        throw new Cancelled(
            FailureDetails.of(path, "load", "it was stopped", "Load it again if needed")
                .withOffset(byteOffset + done));
      }
    }
  }

  private void load(long byteOffset, long byteSize) throws FileException {
    try {
      memory.asSlice(byteOffset, byteSize).load();
      // A fault in compiled code arrives late, at the next return from a native call: this is one.
      var _ = file.size();
    } catch (InternalError e) {
      throw file.fault("load", fileOffset + byteOffset, byteSize, e);
    } catch (Exception e) {
      // When madvise(2) fails, the JDK's native code throws an IOException that `load` does not
      // declare.
      if (e instanceof IOException refused) {
        throw PortableErrors.typed(path, "load", refused);
      }
      throw e;
    }
  }

  @Override
  public CompletionStage<Void> populateAsync(
      long byteOffset, long byteSize, LoadListener listener) {
    return threads.run(byteSize, () -> populate(byteOffset, byteSize, listener));
  }

  @Override
  public AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice)
      throws FileException {
    if (advice == CacheAdvice.POPULATE) {
      populate(byteOffset, byteSize, LoadListener.NONE);
      return new AdviceResult.Applied();
    }
    return NO_HINTS;
  }

  @Override
  public Residency residency(long byteOffset, long byteSize) {
    int leadOfRange = (int) ((lead + byteOffset) % PortableOpener.PAGE_SIZE);
    var builder = Residency.builder(byteSize, leadOfRange, PortableOpener.PAGE_SIZE);
    collect(builder, byteOffset, byteSize, leadOfRange, 0, builder.pageCount());
    Residency residency = builder.build();
    // What the system says of a file that it tells nothing about.
    return residency.isComplete() && byteSize > 0 && !file.tellsResidency()
        ? Residency.unknown(byteSize, leadOfRange, PortableOpener.PAGE_SIZE)
        : residency;
  }

  /// The JDK only says whether all of a range is in, so ranges that are not are halved.
  private void collect(
      Residency.Builder builder, long offset, long size, int leadOfRange, long from, long to) {
    if (from == to) {
      return;
    }
    long start = Math.max(0, from * PortableOpener.PAGE_SIZE - leadOfRange);
    long end = Math.min(size, to * PortableOpener.PAGE_SIZE - leadOfRange);
    if (memory.asSlice(offset + start, end - start).isLoaded()) {
      builder.addRun(from, to);
    } else if (to - from > 1) {
      long middle = (from + to) >>> 1;
      collect(builder, offset, size, leadOfRange, from, middle);
      collect(builder, offset, size, leadOfRange, middle, to);
    }
  }

  @Override
  public void lock(long byteOffset, long byteSize) throws Unsupported {
    throw new Unsupported(
        FailureDetails.of(
            path,
            "lock",
            "the portable engine cannot lock pages in memory",
            "Use the populate engine, or open it without lockInMemory"));
  }

  @Override
  public void force(long byteOffset, long byteSize) throws FileException {
    if (memory.isReadOnly() || byteSize == 0) {
      return;
    }
    try {
      memory.asSlice(byteOffset, byteSize).force();
    } catch (UncheckedIOException e) {
      throw PortableErrors.typed(path, "force", Objects.requireNonNull(e.getCause()));
    }
  }

  @Override
  public CompletionStage<Void> forceAsync(long byteOffset, long byteSize) {
    return threads.await(() -> force(byteOffset, byteSize));
  }

  @Override
  public void close() {
    owner.close();
  }
}
