package io.filewright.internal.map;

import io.filewright.error.FileException;
import io.filewright.internal.os.Os;
import io.filewright.spi.Residency;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// Finds out which pages of a mapped range are in memory.
///
/// mincore(2) looks at each page, which takes a minute for a sparse file of 8 TiB; where the kernel
/// can count the cached pages of a range (cachestat), windows that hold none are skipped. Those
/// that hold all are not: it also counts pages that are still being read. It does not count for
/// everybody; then mincore says "all" as well, which is checked.
final class ResidencyScan {

  private static final long WINDOW_PAGES = 1 << 16;

  /// Counting a smaller window first would take as long as looking at it.
  private static final long COUNTED_PAGES = 512;

  private static final Optional<Long> NONE = Optional.of(0L);

  private final Os os;
  private final Errnos errnos;
  private final NativeFile file;
  private final long address;

  /// @param address where the first page of the range is mapped
  ResidencyScan(Os os, Errnos errnos, NativeFile file, long address) {
    this.os = os;
    this.errnos = errnos;
    this.file = file;
    this.address = address;
  }

  /// @param fileOffset where the range begins in the file, in bytes
  Residency scan(long fileOffset, long byteSize) throws FileException {
    int pageSize = os.pageSize();
    int lead = (int) (fileOffset & (pageSize - 1));
    var builder = Residency.builder(byteSize, lead, pageSize);
    long pages = builder.pageCount();
    if (pages == 0) {
      return builder.build();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment vector = arena.allocate(Math.min(pages, WINDOW_PAGES));
      for (long from = 0; from < pages; from += WINDOW_PAGES) {
        long to = Math.min(pages, from + WINDOW_PAGES);
        if (!scanWindow(builder, fileOffset - lead, from, to, vector)) {
          return Residency.unknown(byteSize, lead, pageSize);
        }
      }
    }
    return builder.build();
  }

  /// @return whether the kernel tells
  private boolean scanWindow(
      Residency.Builder builder, long firstPage, long from, long to, MemorySegment vector)
      throws FileException {
    long pageSize = os.pageSize();
    long windowBytes = (to - from) * pageSize;
    if (to - from >= COUNTED_PAGES
        && os.cachedPages(file.descriptor(), firstPage + from * pageSize, windowBytes)
            .equals(NONE)) {
      return true;
    }
    int result = os.residency(address + from * pageSize, windowBytes, vector);
    if (result < 0) {
      throw errnos.failure(
          file.path(), "residency", result, firstPage + from * pageSize, windowBytes);
    }
    long resident = addRuns(builder, from, to - from, vector);
    return resident < to - from || file.tellsResidency();
  }

  private static long addRuns(
      Residency.Builder builder, long from, long pages, MemorySegment vector) {
    long resident = 0;
    for (long page = 0; page < pages; page++) {
      if ((vector.get(ValueLayout.JAVA_BYTE, page) & 1) != 0) {
        builder.addRun(from + page, from + page + 1);
        resident++;
      }
    }
    return resident;
  }
}
