package io.filewright.internal.map;

import io.filewright.error.FileException;
import io.filewright.internal.os.Os;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.LoadListener;

/// Brings a range of a mapping in, chunk by chunk: says which chunk comes next and takes what came
/// of it, whoever makes the call. Used by one thread at a time.
public final class PopulateWalk {

  /// What is brought in by one call at first, and by each while the disk works: a cancel is heard
  /// within a few milliseconds.
  private static final long CHUNK_BYTES = 2L << 20;

  /// What is brought in by one call while all of it is in the page cache anyway, where a call of
  /// the first size would take 5 us.
  private static final long MOST_CHUNK_BYTES = 32L << 20;

  private static final long FAST_CHUNK_NANOS = 500_000;

  /// How often a chunk is asked for that a signal interrupts each time, before the error stands.
  private static final int MOST_TRIES = 100;

  private static final int EINTR = 4;

  private final NativeMapping mapping;
  private final long byteSize;
  private final long first;
  private final long end;
  private final LoadListener listener;
  private long at;
  private long chunkEnd;
  private long chunk = CHUNK_BYTES;
  private long began = System.nanoTime();
  private int tries;

  PopulateWalk(NativeMapping mapping, long byteOffset, long byteSize, LoadListener listener) {
    this.mapping = mapping;
    this.byteSize = byteSize;
    this.first = mapping.firstAddress() + byteOffset;
    this.end = first + byteSize;
    this.at = byteSize == 0 ? end : first & -mapping.os().pageSize();
    this.listener = listener;
    aim();
  }

  /// Size of all of it, in bytes.
  public long byteSize() {
    return byteSize;
  }

  /// Whether all of it is in.
  public boolean isDone() {
    return at >= end;
  }

  /// Where the next chunk begins: at a page.
  public long chunkAddress() {
    return at;
  }

  /// Size of the next chunk, in bytes.
  public long chunkSize() {
    return chunkEnd - at;
  }

  /// Goes on behind a chunk, or tries it again after a signal.
  ///
  /// @param result of the call for the chunk: 0, or a negated errno
  public void advance(int result) throws FileException {
    if (result == -EINTR && ++tries < MOST_TRIES) {
      return;
    }
    if (result < 0) {
      throw mapping.notLoaded(result, at - mapping.firstAddress(), chunkSize());
    }
    at = chunkEnd;
    if (!listener.loaded(at - first) && at < end) {
      throw mapping.stopped(at - mapping.firstAddress());
    }
    long now = System.nanoTime();
    chunk = now - began < FAST_CHUNK_NANOS ? Math.min(2 * chunk, MOST_CHUNK_BYTES) : CHUNK_BYTES;
    began = now;
    tries = 0;
    aim();
  }

  /// All of it on the calling thread.
  public void run() throws FileException {
    Os os = mapping.os();
    while (!isDone()) {
      advance(os.adviseMemory(at, chunkSize(), CacheAdvice.POPULATE));
    }
  }

  private void aim() {
    chunkEnd = Math.min(end, (at & -CHUNK_BYTES) + chunk);
  }
}
