package io.filewright.internal.blocks;

import io.filewright.error.FileException;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;

/// Looks at a few places of a file to find out whether it is in memory: asking for each page of a
/// large file would take longer than it saves.
final class CacheSample {

  /// Smaller files are read before a look at them would pay.
  private static final long SMALL_BYTES = 4L << 20;

  private static final int PLACES = 16;
  private static final long PLACE_BYTES = 64L << 10;

  private CacheSample() {}

  /// Whether most of the file seems to be in memory.
  static boolean isWarm(OpenedFile file, long byteSize) {
    if (byteSize < SMALL_BYTES) {
      return true;
    }
    try {
      long resident = 0;
      for (int place = 0; place < PLACES; place++) {
        long at = (byteSize - PLACE_BYTES) / (PLACES - 1) * place;
        try (Mapping mapping = file.map(MapRequest.forReading(at, PLACE_BYTES))) {
          resident += mapping.residency(0, PLACE_BYTES).residentBytes();
        }
      }
      return resident > PLACES * PLACE_BYTES / 2;
    } catch (FileException _) {
      return false; // It cannot be mapped, or looked at. Asking ahead does no harm.
    }
  }
}
