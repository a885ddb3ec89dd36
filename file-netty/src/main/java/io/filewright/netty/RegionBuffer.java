package io.filewright.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Memory with something to be done when its last reference is released: a composite of one part,
/// as Netty has no other buffer of foreign memory whose end one is told of.
final class RegionBuffer extends CompositeByteBuf {

  private static final ResourceLeakDetector<RegionBuffer> LEAKS =
      ResourceLeakDetectorFactory.instance().newResourceLeakDetector(RegionBuffer.class);

  private final Runnable end;
  private final @Nullable ResourceLeakTracker<RegionBuffer> leak;

  /// @param memory read-only
  RegionBuffer(ByteBuffer memory, Runnable end) {
    super(UnpooledByteBufAllocator.DEFAULT, true, 1, Unpooled.wrappedBuffer(memory));
    this.end = end;
    this.leak = LEAKS.track(this);
  }

  ByteBuf readOnly() {
    return asReadOnly();
  }

  @Override
  protected void deallocate() {
    super.deallocate();
    if (leak != null) {
      leak.close(this);
    }
    end.run();
  }
}
