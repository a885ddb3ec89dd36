package io.filewright.internal.portable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/// A [RandomAccessFile], whose reads no interrupt disturbs. It has one position, so they take
/// turns.
final class RandomAccessBytes implements PortableBytes {

  private final Path location;
  private final RandomAccessFile file;
  private final ReentrantLock position = new ReentrantLock();
  private byte[] buffer = new byte[0];

  RandomAccessBytes(Path location, RandomAccessFile file) {
    this.location = location;
    this.file = file;
  }

  @Override
  public Path location() {
    return location;
  }

  @Override
  public long size() throws IOException {
    return file.length();
  }

  @Override
  public int read(long byteOffset, MemorySegment target) throws IOException {
    position.lock();
    try {
      int wanted = (int) Math.min(target.byteSize(), BUFFER_BYTES);
      if (wanted == 0) {
        return 0;
      }
      byte[] bytes = buffer(wanted);
      file.seek(byteOffset);
      int count = Math.max(0, file.read(bytes, 0, wanted));
      MemorySegment.copy(bytes, 0, target, ValueLayout.JAVA_BYTE, 0, count);
      return count;
    } finally {
      position.unlock();
    }
  }

  @Override
  public int write(long byteOffset, MemorySegment source) throws IOException {
    position.lock();
    try {
      int size = (int) Math.min(source.byteSize(), BUFFER_BYTES);
      byte[] bytes = buffer(size);
      MemorySegment.copy(source, ValueLayout.JAVA_BYTE, 0, bytes, 0, size);
      file.seek(byteOffset);
      file.write(bytes, 0, size);
      return size;
    } finally {
      position.unlock();
    }
  }

  @Override
  public void appendZeros(long end) throws IOException {
    position.lock();
    try {
      long before = file.length();
      boolean done = false;
      try {
        for (long at = before; at < end; at = file.getFilePointer()) {
          int size = (int) Math.min(end - at, BUFFER_BYTES);
          byte[] zeros = buffer(size);
          Arrays.fill(zeros, 0, size, (byte) 0);
          file.seek(at);
          file.write(zeros, 0, size);
        }
        done = true;
      } finally {
        if (!done) {
          file.setLength(before);
        }
      }
    } finally {
      position.unlock();
    }
  }

  /// Under the lock, as `setLength` moves the position.
  @Override
  public void resize(long byteSize) throws IOException {
    position.lock();
    try {
      file.setLength(byteSize);
    } finally {
      position.unlock();
    }
  }

  @Override
  public void sync() throws IOException {
    file.getFD().sync();
  }

  @Override
  public FileChannel channel() {
    return file.getChannel();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /// Called under the lock.
  private byte[] buffer(int size) {
    if (buffer.length < size) {
      buffer = new byte[size];
    }
    return buffer;
  }
}
