package io.filewright;

import io.filewright.error.FileException;
import io.filewright.internal.region.Lifetime;
import io.filewright.internal.region.RawView;
import io.filewright.internal.region.RegionMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A lease of a region's raw memory, for experts; see [MmapRegion#access]. Used and closed by the
/// thread that opened it.
///
/// Results that were computed from the segment count only once [#verify] has returned. A fault may
/// also surface as a raw [InternalError] anywhere between the touch and the end of `verify`;
/// whoever wants a typed failure uses [MmapRegion#apply].
///
/// Always end the use with `verify`, inside the `try`: a fault that it did not collect arrives in
/// whatever the thread does next. If that is just before `close`, the lease is never given back.
///
/// ```java
/// try (Access access = region.access()) {
///   long sum = sum(access.segment());
///   access.verify();
///   return sum;
/// }
/// ```
public final class Access implements AutoCloseable {

  private final RegionMemory memory;
  private final Lifetime lifetime;
  private final long from;
  private final long to;
  private final Arena arena;
  private final MemorySegment segment;
  private boolean closed;

  /// @param lifetime one reference of it is handed over
  Access(RegionMemory memory, RawView view, Lifetime lifetime, long from, long to) {
    this.memory = memory;
    this.lifetime = lifetime;
    this.from = from;
    this.to = to;
    this.arena = Arena.ofConfined();
    this.segment = view.of(memory.mapping(), arena, from, to);
  }

  /// The region's bytes, read-only unless it is [WritableRegion#writableAccess] or
  /// [CopyOnWriteRegion#writableAccess]. Dead once the lease is closed, and refused to other
  /// threads, with every engine but `portable`, which can do neither without a handshake.
  public MemorySegment segment() {
    return segment;
  }

  /// Throws if what was read through the segment may not have been the file's. Always passes under
  /// [Guard#NONE].
  ///
  /// @throws io.filewright.error.Truncated if the file has become shorter than the region
  /// @throws io.filewright.error.DeviceFailed if a page could not be read
  public void verify() throws FileException {
    try {
      memory.verify("access", from, to);
    } catch (InternalError e) {
      throw memory.fault("access", from, to, e);
    }
  }

  /// Ends the lease; idempotent.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      arena.close();
    } catch (InternalError late) {
      // A fault that `verify` was not asked about arrives once, and here at the latest.
      if (arena.scope().isAlive()) {
        arena.close();
      }
      end();
      throw late;
    }
    end();
  }

  private void end() {
    closed = true;
    lifetime.release();
  }
}
