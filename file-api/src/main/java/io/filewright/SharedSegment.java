package io.filewright;

import io.filewright.internal.region.Lifetime;
import io.filewright.internal.region.RawView;
import io.filewright.internal.region.RegionMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/// A region's raw memory for any number of threads and for long; see [MmapRegion#sharedSegment].
///
/// Closing it costs a handshake with every thread of the JVM: tens of microseconds with a few
/// threads, hundreds with hundreds.
public final class SharedSegment implements AutoCloseable {

  private final Lifetime lifetime;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment segment;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// @param lifetime one reference of it is handed over
  SharedSegment(RegionMemory memory, Lifetime lifetime, long from, long to) {
    this.lifetime = lifetime;
    this.segment = RawView.READ_ONLY.of(memory.mapping(), arena, from, to);
  }

  /// The region's bytes, read-only. Dead once this is closed, with every engine but `portable`.
  public MemorySegment segment() {
    return segment;
  }

  /// Ends all use of the segment; idempotent.
  ///
  /// @throws IllegalStateException if a native call is using the segment; it can be closed later
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        arena.close();
      } catch (IllegalStateException e) {
        closed.set(false);
        throw e;
      }
      lifetime.release();
    }
  }
}
