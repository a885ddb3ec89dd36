package io.filewright.stream;

import io.filewright.error.AlreadyClosed;
import io.filewright.internal.region.Lifetime;
import io.filewright.internal.region.ReservedMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import java.util.function.Function;

/// Memory of a [BufferPool], until it is given back. Used and closed on any thread.
public final class PooledBuffer implements AutoCloseable {

  private static final int PAGE = 4096;

  private final ReservedMemory memory;
  private final long byteSize;
  private final Lifetime lifetime;
  private final MemorySegment everywhere;

  /// @param end takes the memory when nobody uses the buffer any more
  PooledBuffer(ReservedMemory memory, long byteSize, Consumer<ReservedMemory> end) {
    this.memory = memory;
    this.byteSize = byteSize;
    this.lifetime = new Lifetime(() -> end.accept(memory));
    this.everywhere = page(memory.segment(Arena.global()));
  }

  /// What has to be reserved for memory of a size that begins at a page.
  static long reservedBytes(long byteSize) {
    return byteSize + PAGE;
  }

  /// Its size, in bytes.
  public long byteSize() {
    return byteSize;
  }

  /// Works on the memory, which begins at a page and has undefined content at first.
  ///
  /// @param function gets all of the memory, dead once this call has returned (with the engine
  ///   `portable`, once the pool lets go of it); must not be kept
  /// @throws AlreadyClosed if it was given back
  public <T> T apply(Function<MemorySegment, T> function) {
    if (!lifetime.tryAcquire()) {
      throw givenBack();
    }
    try (Arena arena = Arena.ofConfined()) {
      return function.apply(segment(arena));
    } finally {
      lifetime.release();
    }
  }

  /// Gives it back: its memory goes to the next one when the last call of [#apply] has ended.
  ///
  /// @throws AlreadyClosed if it was given back before, which is a mistake worth knowing
  @Override
  public void close() {
    if (!lifetime.close()) {
      throw givenBack();
    }
  }

  /// The memory without any check, for a holder that keeps count itself.
  MemorySegment segment(Arena arena) {
    return page(memory.segment(arena));
  }

  private MemorySegment page(MemorySegment all) {
    return all.asSlice(-all.address() & (PAGE - 1), byteSize);
  }

  /// The same in nobody's scope, made once. SAFETY: its users keep the buffer open meanwhile.
  MemorySegment memory() {
    return everywhere;
  }

  private static AlreadyClosed givenBack() {
    return new AlreadyClosed("The pooled buffer");
  }
}
