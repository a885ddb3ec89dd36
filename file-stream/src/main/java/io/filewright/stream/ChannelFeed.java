package io.filewright.stream;

import io.filewright.error.Cancelled;
import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.file.Path;

/// A channel that somebody else opened, and closes.
final class ChannelFeed implements ByteFeed {

  private final Path name;
  private final ReadableByteChannel channel;

  private ChannelFeed(Path name, ReadableByteChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  /// @throws Unsupported if the channel does not wait for bytes
  static ChannelFeed of(Path name, ReadableByteChannel channel) throws Unsupported {
    if (channel instanceof SelectableChannel selectable && !selectable.isBlocking()) {
      throw new Unsupported(
          FailureDetails.of(
              name,
              "open",
              "the channel does not wait for bytes",
              "Set it to blocking (configureBlocking), or give the bytes by a publisher"));
    }
    return new ChannelFeed(name, channel);
  }

  @Override
  public int read(MemorySegment target) throws FileException {
    ByteBuffer buffer =
        target.asSlice(0, Math.min(target.byteSize(), Integer.MAX_VALUE)).asByteBuffer();
    try {
      int count;
      do {
        count = channel.read(buffer);
      } while (count == 0 && buffer.hasRemaining());
      return Math.max(0, count);
    } catch (ClosedChannelException e) {
      throw new Cancelled(
          FailureDetails.of(
              name, "read", "the channel was closed", "Keep it open until the end is reached"),
          e);
    } catch (IOException e) {
      throw new DeviceFailed(
          FailureDetails.of(
              name, "read", "the stream broke: " + e.getMessage(), "Check its other end"),
          e);
    }
  }

  @Override
  public void close() {}
}
