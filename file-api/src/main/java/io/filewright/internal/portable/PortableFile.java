package io.filewright.internal.portable;

import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.error.Truncated;
import io.filewright.error.Unsupported;
import io.filewright.internal.threads.WorkerThreads;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.FileIdentity;
import io.filewright.spi.FileLease;
import io.filewright.spi.FileLocking;
import io.filewright.spi.FileSystemType;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
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
      byte[] bytes = buffer(wanted);
      file.seek(byteOffset);
      int count = Math.max(0, file.read(bytes, 0, wanted));
      MemorySegment.copy(bytes, 0, target, ValueLayout.JAVA_BYTE, 0, count);
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
  public FileSystemType fileSystem() throws FileException {
    try {
      return FileSystemType.named(Files.getFileStore(path).type());
    } catch (IOException e) {
      throw PortableErrors.typed(path, "fileSystem", e);
    }
  }

  @Override
  public int write(long byteOffset, MemorySegment source) throws FileException {
    position.lock();
    try {
      int size = (int) Math.min(source.byteSize(), BUFFER_BYTES);
      byte[] bytes = buffer(size);
      MemorySegment.copy(source, ValueLayout.JAVA_BYTE, 0, bytes, 0, size);
      file.seek(byteOffset);
      file.write(bytes, 0, size);
      return size;
    } catch (IOException e) {
      throw PortableErrors.typed(path, "write", e);
    } finally {
      position.unlock();
    }
  }

  @Override
  public CompletionStage<Integer> writeAsync(long byteOffset, MemorySegment source) {
    return threads.load(source.byteSize(), () -> write(byteOffset, source));
  }

  /// Writes zeros behind the end. The JDK cannot reserve space for holes in what is there, nor tell
  /// whether there are any.
  @Override
  public void allocate(long byteOffset, long byteSize) throws FileException {
    long end = byteOffset + byteSize;
    position.lock();
    try {
      long before = file.length();
      try {
        appendZeros(before, end);
      } catch (IOException e) {
        file.setLength(before);
        throw e;
      }
    } catch (IOException e) {
      throw PortableErrors.typed(path, "allocate", e);
    } finally {
      position.unlock();
    }
  }

  private void appendZeros(long from, long end) throws IOException {
    for (long at = from; at < end; at = file.getFilePointer()) {
      int size = (int) Math.min(end - at, BUFFER_BYTES);
      byte[] zeros = buffer(size);
      Arrays.fill(zeros, 0, size, (byte) 0);
      file.seek(at);
      file.write(zeros, 0, size);
    }
  }

  @Override
  public CompletionStage<Void> allocateAsync(long byteOffset, long byteSize) {
    return threads.await(() -> allocate(byteOffset, byteSize));
  }

  /// Under the lock, as `setLength` moves the position.
  @Override
  public void resize(long byteSize) throws FileException {
    position.lock();
    try {
      file.setLength(byteSize);
    } catch (IOException e) {
      throw PortableErrors.typed(path, "resize", e);
    } finally {
      position.unlock();
    }
  }

  @Override
  public void sync() throws FileException {
    try {
      file.getFD().sync();
    } catch (IOException e) {
      throw PortableErrors.typed(path, "sync", e);
    }
  }

  @Override
  public void lock(FileLocking locking) throws FileException {
    threads.runNow(
        () -> {
          lockHere(locking == FileLocking.SHARED);
          return true;
        });
  }

  private void lockHere(boolean shared) throws FileException {
    try {
      if (file.getChannel().tryLock(0, Long.MAX_VALUE, shared) != null) {
        return;
      }
    } catch (OverlappingFileLockException _) {
      // Another descriptor of this process holds it.
    } catch (IOException e) {
      throw PortableErrors.typed(path, "lock", e);
    }
    throw new InUse(
        FailureDetails.of(
            path,
            "lock",
            "somebody else holds a lock on it",
            "Wait until they let go of it, or open it without a lock"));
  }

  @Override
  public FileLease lease(Runnable onBreak) throws Unsupported {
    throw unsupported("lease", "the portable engine has no leases", "Use Guard.SNAPSHOT");
  }

  @Override
  public OpenedFile reflink() throws Unsupported {
    throw unsupported(
        "reflink", "the portable engine cannot share blocks", "Read the file into memory");
  }

  @Override
  public Mapping map(MapRequest request) throws FileException {
    return threads.runNow(() -> mapHere(request));
  }

  private Mapping mapHere(MapRequest request) throws FileException {
    MapMode mode =
        switch (request.protection()) {
          case READ_ONLY -> MapMode.READ_ONLY;
          case READ_WRITE -> MapMode.READ_WRITE;
          case COPY_ON_WRITE ->
              throw unsupported(
                  "map",
                  "the JDK maps a file copy-on-write only where it may write to it",
                  "Use the populate engine");
        };
    Arena arena = Arena.ofShared();
    boolean mapped = false;
    try {
      MemorySegment memory =
          file.getChannel().map(mode, request.byteOffset(), request.byteSize(), arena);
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

  /// Called under the lock.
  private byte[] buffer(int size) {
    if (buffer.length < size) {
      buffer = new byte[size];
    }
    return buffer;
  }

  private Unsupported unsupported(String operation, String cause, String remedy) {
    return new Unsupported(FailureDetails.of(path, operation, cause, remedy));
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
                "Check the disk and the kernel log; or something truncated the file and restored it"
                    + " meanwhile")
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
