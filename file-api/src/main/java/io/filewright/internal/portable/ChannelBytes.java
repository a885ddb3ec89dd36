package io.filewright.internal.portable;

import io.filewright.internal.threads.WorkerThreads;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/// A [FileChannel], all that a directory held open gives. An interrupt would close it for
/// everybody, so all work on it is done on our own threads, which nobody interrupts.
final class ChannelBytes implements PortableBytes {

  private final Path location;
  private final FileChannel channel;
  private final WorkerThreads threads;

  /// Those who change the size take turns with those who write, on our threads only: whoever holds
  /// it waits for no thread.
  private final ReentrantLock turn = new ReentrantLock();

  ChannelBytes(Path location, FileChannel channel, WorkerThreads threads) {
    this.location = location;
    this.channel = channel;
    this.threads = threads;
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  @Override
  public Path location() {
    return location;
  }

  @Override
  public long size() throws IOException {
    return apart("size", channel::size);
  }

  @Override
  public int read(long byteOffset, MemorySegment target) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(target.byteSize(), BUFFER_BYTES));
    if (!bytes.hasRemaining()) {
      return 0;
    }
    int count = Math.max(0, apart("read", () -> channel.read(bytes, byteOffset)));
    MemorySegment.copy(bytes.array(), 0, target, ValueLayout.JAVA_BYTE, 0, count);
    return count;
  }

  @Override
  public int write(long byteOffset, MemorySegment source) throws IOException {
    long size = Math.min(source.byteSize(), BUFFER_BYTES);
    byte[] bytes = source.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
    return apart("write", () -> inTurn(() -> channel.write(ByteBuffer.wrap(bytes), byteOffset)));
  }

  @Override
  public void appendZeros(long end) throws IOException {
    var _ = apart("allocate", () -> inTurn(() -> append(end)));
  }

  private long append(long end) throws IOException {
    long before = channel.size();
    boolean done = false;
    try {
      for (long at = before; at < end; ) {
        at += channel.write(ByteBuffer.allocate((int) Math.min(end - at, BUFFER_BYTES)), at);
      }
      done = true;
      return end;
    } finally {
      if (!done) {
        var _ = channel.truncate(before);
      }
    }
  }

  /// A channel grows only by a write: of one zero, at the new end.
  @Override
  public void resize(long byteSize) throws IOException {
    var _ =
        apart(
            "resize",
            () ->
                inTurn(
                    () ->
                        byteSize <= channel.size()
                            ? channel.truncate(byteSize).size()
                            : channel.write(ByteBuffer.allocate(1), byteSize - 1)));
  }

  @Override
  public void sync() throws IOException {
    var _ =
        apart(
            "sync",
            () -> {
              channel.force(true);
              return true;
            });
  }

  @Override
  public FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private <T> T apart(String operation, Call<T> call) throws IOException {
    return threads.runNow(
        () -> {
          try {
            return call.run();
          } catch (IOException e) {
            throw PortableErrors.typed(location, operation, e);
          }
        });
  }

  private <T> T inTurn(Call<T> call) throws IOException {
    turn.lock();
    try {
      return call.run();
    } finally {
      turn.unlock();
    }
  }
}
