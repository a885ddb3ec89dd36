package io.filewright.netty;

import io.filewright.Backing;
import io.filewright.MmapRegion;
import io.filewright.SharedSegment;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.OutOfBounds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCounted;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ranges of a region as buffers of Netty's, without a copy.
///
/// Only of memory that nobody else can make fault: of a region under a strong guard
/// ([io.filewright.Guard#isStrong]), or of a copy ([Backing#COPIED]). For any other there is
/// [#copy].
///
/// Each buffer is read-only and holds a reference on the region's memory, which goes when this is
/// closed and the last buffer is released, whatever became of the region. Under
/// [io.filewright.Guard#KERNEL_LEASE] that is when the kernel gets a lease back that it wants to
/// break: **a buffer that is not released keeps whoever wants to write to the file waiting, and
/// after the kernel's 45 s it is not protected any more**. Then the system call that sends it fails
/// with EFAULT, and reading it in Java is an [InternalError].
///
/// A buffer of a mapping is not in memory by itself: whoever sends it on an event loop brings it in
/// before, with [MmapRegion#prefetch].
///
/// One segment is shared by all buffers, so that its handshake (see [SharedSegment]) is paid once.
/// Safe for any threads.
public final class RegionBuffers implements AutoCloseable {

  private final MmapRegion region;
  private final Memory memory;
  private final AtomicBoolean closed = new AtomicBoolean();

  @SuppressWarnings("MustBeClosed") // with the last reference
  private RegionBuffers(MmapRegion region) {
    this.region = region;
    this.memory = new Memory(region.sharedSegment());
  }

  /// Buffers of a region.
  ///
  /// @param region stays the caller's, and may be closed before this is
  /// @throws IllegalArgumentException if its memory may fault
  public static RegionBuffers of(MmapRegion region) {
    if (!isPossible(region)) {
      throw new IllegalArgumentException(
          "[%s] a buffer of a mapping under guard %s could fault. Open it with a strong guard, or copy."
              .formatted(FailureDetails.printable(region.path()), region.guard()));
    }
    return new RegionBuffers(region);
  }

  /// Whether a region's memory may be handed out without a copy.
  public static boolean isPossible(MmapRegion region) {
    return region.guard().isStrong() || region.backing() == Backing.COPIED;
  }

  /// The bytes `[from, to)`, at most 2 GiB, to be released by the caller.
  ///
  /// @throws AlreadyClosed after [#close]
  public ByteBuf buffer(long from, long to) {
    OutOfBounds.checkRange(from, to, region.byteSize());
    if (to - from > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("A buffer holds less than 2 GiB: " + (to - from));
    }
    retainMemory();
    try {
      ByteBuffer bytes = memory.segment().asSlice(from, to - from).asByteBuffer();
      return new RegionBuffer(bytes, memory::release).readOnly();
    } catch (RuntimeException | Error e) {
      memory.release();
      throw e;
    }
  }

  /// The bytes `[from, to)` of any region, read into a buffer of an allocator off the calling
  /// thread.
  ///
  /// @return completes with a buffer to be released by whoever gets it, or with a
  ///   [io.filewright.error.FileException]; cancelling it does not stop the read, whose buffer is
  ///   then released
  public static CompletableFuture<ByteBuf> copy(
      MmapRegion region, long from, long to, ByteBufAllocator allocator) {
    OutOfBounds.checkRange(from, to, region.byteSize());
    var result = new CompletableFuture<ByteBuf>();
    var _ =
        PendingRead.start(region, from, Math.toIntExact(to - from), allocator)
            .whenComplete(
                (buffer, error) -> {
                  if (error != null) {
                    result.completeExceptionally(error);
                  } else if (!result.complete(buffer)) {
                    buffer.release();
                  }
                });
    return result;
  }

  private void retainMemory() {
    try {
      if (!closed.get()) {
        memory.retain();
        return;
      }
    } catch (IllegalReferenceCountException _) {
      // It was closed just now.
    }
    throw new AlreadyClosed("buffer: region [" + FailureDetails.printable(region.path()) + "]");
  }

  /// Hands out no more. Idempotent.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      memory.release();
    }
  }

  /// The segment, and how many need it.
  private static final class Memory extends AbstractReferenceCounted {

    private final SharedSegment shared;

    Memory(SharedSegment shared) {
      this.shared = shared;
    }

    MemorySegment segment() {
      return shared.segment();
    }

    @Override
    protected void deallocate() {
      shared.close();
    }

    @Override
    public ReferenceCounted touch(Object hint) {
      return this;
    }
  }
}
