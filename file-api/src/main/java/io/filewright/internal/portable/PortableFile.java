package io.filewright.internal.portable;

import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.Truncated;
import io.filewright.internal.threads.WorkerThreads;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.FileIdentity;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A [RandomAccessFile], whose reads no interrupt disturbs. It has one position, so they take
/// turns.
final class PortableFile implements OpenedFile {

  private static final int BUFFER_BYTES = 64 << 10;

  private final Path path;
  private final RandomAccessFile file;
  private final FileIdentity identity;
  private final WorkerThreads threads;
  private final ReentrantLock position = new ReentrantLock();
  private byte[] buffer = new byte[0];

  PortableFile(Path path, RandomAccessFile file, FileIdentity identity, WorkerThreads threads) {
    this.path = path;
    this.file = file;
    this.identity = identity;
    this.threads = threads;
  }

  static FileIdentity identity(Path path, BasicFileAttributes attributes) {
    try {
      var unix = Files.readAttributes(path, "unix:dev,ino");
      return new FileIdentity(number(unix.get("dev")), number(unix.get("ino")));
    } catch (IOException | RuntimeException _) {
      return new FileIdentity(0, Objects.hash(attributes.fileKey(), path.toAbsolutePath()));
    }
  }

  private static long number(@Nullable Object attribute) {
    return attribute instanceof Long number ? number : 0;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public FileIdentity identity() {
    return identity;
  }

  @Override
  public long size() throws FileException {
    try {
      return file.length();
    } catch (IOException e) {
      throw PortableErrors.typed(path, "size", e);
    }
  }

  @Override
  public int read(long byteOffset, MemorySegment target) throws FileException {
    position.lock();
    try {
      int wanted = (int) Math.min(target.byteSize(), BUFFER_BYTES);
      if (wanted == 0) {
        return 0;
      }
      if (buffer.length < wanted) {
        buffer = new byte[wanted];
      }
      file.seek(byteOffset);
      int count = Math.max(0, file.read(buffer, 0, wanted));
      MemorySegment.copy(buffer, 0, target, ValueLayout.JAVA_BYTE, 0, count);
      return count;
    } catch (IOException e) {
      throw PortableErrors.typed(path, "read", e);
    } finally {
      position.unlock();
    }
  }

  @Override
  public CompletionStage<Integer> readAsync(long byteOffset, MemorySegment target) {
    return threads.load(target.byteSize(), () -> read(byteOffset, target));
  }

  @Override
  public Mapping map(MapRequest request) throws FileException {
    return threads.runNow(() -> mapHere(request));
  }

  private Mapping mapHere(MapRequest request) throws FileException {
    Arena arena = Arena.ofShared();
    boolean mapped = false;
    try {
      MemorySegment memory =
          file.getChannel().map(MapMode.READ_ONLY, request.byteOffset(), request.byteSize(), arena);
      mapped = true;
      return new PortableMapping(this, arena, memory, request.byteOffset(), threads);
    } catch (IOException e) {
      throw PortableErrors.typed(path, "map", e);
    } finally {
      if (!mapped) {
        arena.close();
      }
    }
  }

  /// What a fault in a mapping of this file means.
  FileException fault(String operation, long byteOffset, long byteSize, InternalError cause)
      throws FileException {
    long fileSize = size();
    if (fileSize < byteOffset + byteSize) {
      return new Truncated(
          FailureDetails.of(
                  path,
                  operation,
                  "the file has become shorter, it now ends at byte " + fileSize,
                  "Something else truncates it: open it again")
              .withRange(byteOffset, byteSize),
          cause);
    }
    return new DeviceFailed(
        FailureDetails.of(
                path,
                operation,
                "the device could not deliver the page",
                "Check the disk and the kernel log")
            .withRange(byteOffset, byteSize),
        cause);
  }

  @Override
  public AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice) {
    return PortableMapping.NO_HINTS;
  }

  @Override
  public void close() throws FileException {
    try {
      file.close();
    } catch (IOException e) {
      throw PortableErrors.typed(path, "close", e);
    }
  }
}
