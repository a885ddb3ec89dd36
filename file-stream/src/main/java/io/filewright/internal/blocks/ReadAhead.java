package io.filewright.internal.blocks;

import io.filewright.error.FileException;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.OpenedFile;

/// Asks the kernel for what will be read soon, so that the disk has several requests at a time. Its
/// own read-ahead waits until half of a window has been used, with one request.
final class ReadAhead {

  /// What is asked for at a time, in bytes. A call brings in at most the device's `read_ahead_kb`,
  /// which is often 128 KiB and 8 MiB at the most.
  private static final long STEP = 4L << 20;

  /// How far ahead of the reader, in steps.
  private static final int STEPS = 4;

  private final OpenedFile file;
  private final long byteSize;

  /// Guarded by this.
  private long asked;

  private ReadAhead(OpenedFile file, long byteSize, long asked) {
    this.file = file;
    this.byteSize = byteSize;
    this.asked = asked;
  }

  /// For a file that is in memory: nothing is asked.
  static ReadAhead none(OpenedFile file) {
    return new ReadAhead(file, 0, Long.MAX_VALUE);
  }

  /// For a file that is not in memory.
  static ReadAhead of(OpenedFile file, long byteSize) {
    return new ReadAhead(file, byteSize, 0);
  }

  /// The reader is here.
  synchronized void reached(long byteOffset) {
    if (asked == Long.MAX_VALUE) {
      return;
    }
    asked = Math.max(asked, byteOffset / STEP * STEP);
    try {
      while (asked < byteSize && asked < byteOffset + STEPS * STEP) {
        file.advise(asked, Math.min(STEP, byteSize - asked), CacheAdvice.WILL_NEED);
        asked += STEP;
      }
    } catch (FileException _) {
      asked = Long.MAX_VALUE; // Advice only: the reads will tell what is wrong.
    }
  }
}
