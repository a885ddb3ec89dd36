package io.filewright.netty;

import io.filewright.MmapRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A read into a pooled buffer, which is alive until the read has ended.
final class PendingRead {

  private PendingRead() {}

  /// Begins to read.
  ///
  /// @return completes, off the calling thread, with a full buffer that its receiver releases, or
  ///   with the failure itself
  static CompletableFuture<ByteBuf> start(
      MmapRegion region, long from, int byteSize, ByteBufAllocator allocator) {
    var result = new CompletableFuture<ByteBuf>();
    ByteBuf buffer = allocator.directBuffer(byteSize, byteSize);
    CompletableFuture<Long> read = null;
    try {
      read = region.readAsync(from, MemorySegment.ofBuffer(buffer.nioBuffer(0, byteSize)));
    } finally {
      if (read == null) {
        buffer.release();
      }
    }
    var _ =
        read.whenComplete(
            (_, error) -> {
              if (error == null) {
                result.complete(buffer.writerIndex(byteSize));
              } else {
                buffer.release();
                result.completeExceptionally(
                    error instanceof CompletionException wrapper && wrapper.getCause() != null
                        ? wrapper.getCause()
                        : error);
              }
            });
    return result;
  }
}
