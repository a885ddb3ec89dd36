package io.filewright.netty;

import io.filewright.MmapRegion;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.OutOfBounds;
import io.filewright.error.Truncated;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/// A region's file as something that Netty can hand to the kernel, range by range, without its
/// bytes passing through the process. Reference-counted: its channel is closed with the last
/// reference, and each transfer holds one. Safe for any threads.
public final class RegionChannel extends AbstractReferenceCounted {

  private final FileChannel channel;
  private final Path path;
  private final long fileOffset;
  private final long byteSize;

  private RegionChannel(FileChannel channel, MmapRegion region) {
    this.channel = channel;
    this.path = region.path();
    this.fileOffset = region.fileOffset();
    this.byteSize = region.byteSize();
  }

  /// Opens the region's file once more. May wait for the disk, so not on an event loop.
  ///
  /// @param region stays the caller's, and may be closed before this is released
  /// @throws io.filewright.error.Unsupported see [MmapRegion#openChannel]
  public static RegionChannel open(MmapRegion region) throws FileException {
    return new RegionChannel(region.openChannel(), region);
  }

  /// The bytes `[from, to)` of the region, to be written to a channel, which releases them.
  ///
  /// Sending waits on the event loop for what is not in the page cache if the transport is epoll or
  /// NIO: ask [MmapRegion#isResident] before, or let [RegionWriter] do that.
  public FileTransfer transfer(long from, long to) {
    OutOfBounds.checkRange(from, to, byteSize);
    retain();
    return new FileTransfer(this, fileOffset + from, to - from);
  }

  /// What made a transfer fail: [Truncated] if the file has become shorter than the range that was
  /// to be sent; otherwise what Netty says. Asks for the file's size, which does not wait for the
  /// disk of this machine.
  ///
  /// @param cause what the future of the write failed with
  public Throwable failure(Throwable cause, long from, long to) {
    try {
      long size = channel.size();
      if (size >= fileOffset + to) {
        return cause;
      }
      return new Truncated(
          FailureDetails.of(
                  path,
                  "send",
                  "the file has become shorter, it now ends at byte " + size,
                  "Something else truncates the file while it is sent: send it again")
              .withRange(fileOffset + from, to - from),
          cause);
    } catch (IOException e) {
      cause.addSuppressed(e);
      return cause;
    }
  }

  /// How long the file is now, in bytes, whatever part of it the region is. Does not wait for the
  /// disk of this machine.
  ///
  /// @return empty if the system does not tell
  public OptionalLong fileSize() {
    try {
      return OptionalLong.of(channel.size());
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  FileChannel channel() {
    return channel;
  }

  @Override
  protected void deallocate() {
    try {
      channel.close();
    } catch (IOException _) {
      // Nothing was written to it.
    }
  }

  @Override
  public RegionChannel touch(Object hint) {
    return this;
  }
}
