package io.filewright.netty;

import io.netty.channel.Channel;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.IoEventLoop;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandle;

/// A range of a file that the kernel sends by itself.
///
/// | transport | by | a page that is not in memory |
/// |---|---|---|
/// | epoll | `sendfile` | holds up the event loop |
/// | NIO | `FileChannel.transferTo`, which is `sendfile` | holds up the event loop |
/// | io_uring | `splice` through a pipe, by the kernel's workers | does not |
///
/// It extends Netty's own because epoll knows `sendfile`, and io_uring knows file regions at all,
/// only of that class.
///
/// A file that becomes shorter while it is sent fails the write and closes the channel, as what was
/// announced cannot be sent any more; [RegionChannel#failure] makes a typed failure of it.
public final class FileTransfer extends DefaultFileRegion {

  /// Netty's io_uring transport counts offsets of a file in 32 bits.
  private static final long MOST_URING_OFFSET = Integer.MAX_VALUE;

  private final RegionChannel file;

  /// @param file one reference of it is handed over
  FileTransfer(RegionChannel file, long fileOffset, long byteSize) {
    super(file.channel(), fileOffset, byteSize);
    this.file = file;
  }

  /// Whether a channel takes a range of a file that ends at an offset as it is, so that the kernel
  /// can send it. It does not if it encrypts, which only the caller knows.
  ///
  /// @param fileEnd where the range ends in the file, in bytes
  public static boolean isPossible(Channel channel, long fileEnd) {
    boolean isRing =
        channel.eventLoop() instanceof IoEventLoop loop && loop.isCompatible(IoUringIoHandle.class);
    return !isRing || (IoUring.isSpliceSupported() && fileEnd <= MOST_URING_OFFSET);
  }

  /// The channel of the file is others', too.
  @Override
  protected void deallocate() {
    file.release();
  }
}
