package io.filewright.bench.scan;

import io.filewright.bench.kit.Sums;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The sum of [Sums] by the Vector API: four independent vectors, as in C.
///
/// Loaded only in processes that are started with `--add-modules jdk.incubator.vector`.
final class VectorSums {

  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final long STEP = SPECIES.vectorByteSize();
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private VectorSums() {}

  /// Of a native segment.
  static long of(MemorySegment segment) {
    long size = segment.byteSize();
    long end = size - size % (4 * STEP);
    LongVector a = LongVector.zero(SPECIES);
    LongVector b = a;
    LongVector c = a;
    LongVector d = a;
    for (long i = 0; i < end; i += 4 * STEP) {
      a = a.add(LongVector.fromMemorySegment(SPECIES, segment, i, ORDER));
      b = b.add(LongVector.fromMemorySegment(SPECIES, segment, i + STEP, ORDER));
      c = c.add(LongVector.fromMemorySegment(SPECIES, segment, i + 2 * STEP, ORDER));
      d = d.add(LongVector.fromMemorySegment(SPECIES, segment, i + 3 * STEP, ORDER));
    }
    long sum = a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    return end == size ? sum : sum + Sums.of(segment.asSlice(end));
  }
}
