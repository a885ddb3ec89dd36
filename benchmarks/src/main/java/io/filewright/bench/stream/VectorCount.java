package io.filewright.bench.stream;

import io.filewright.scan.ByteScan;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/// Counts line feeds by the Vector API.
///
/// Loaded only in processes that are started with `--add-modules jdk.incubator.vector`.
final class VectorCount {

  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
  private static final int STEP = SPECIES.vectorByteSize();
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private VectorCount() {}

  /// Of a native segment.
  static long lineFeeds(MemorySegment memory) {
    long end = memory.byteSize() - memory.byteSize() % (2L * STEP);
    long count = 0;
    for (long at = 0; at < end; at += 2L * STEP) {
      count += inVector(memory, at) + inVector(memory, at + STEP);
    }
    return count + ByteScan.count(memory.asSlice(end), (byte) '\n');
  }

  private static int inVector(MemorySegment memory, long at) {
    return ByteVector.fromMemorySegment(SPECIES, memory, at, ORDER).eq((byte) '\n').trueCount();
  }
}
