import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.function.ToLongFunction;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Adds bytes up by vectors. Compiled when it is needed, as its module is an incubator's.
public final class VectorSum implements ToLongFunction<MemorySegment> {

  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;

  @Override
  public long applyAsLong(MemorySegment memory) {
    long whole = SPECIES.loopBound(memory.byteSize());
    var sum = ByteVector.zero(SPECIES);
    for (long at = 0; at < whole; at += SPECIES.length()) {
      sum = sum.add(ByteVector.fromMemorySegment(SPECIES, memory, at, ByteOrder.nativeOrder()));
    }
    byte result = sum.reduceLanes(VectorOperators.ADD);
    for (long at = whole; at < memory.byteSize(); at++) {
      result += memory.get(java.lang.foreign.ValueLayout.JAVA_BYTE, at);
    }
    return result;
  }
}
