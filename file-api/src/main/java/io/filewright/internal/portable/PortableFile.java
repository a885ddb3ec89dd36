package io.filewright.internal.portable;

import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.error.NoSpace;
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
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A file by what the JDK has for it.
final class PortableFile implements OpenedFile {

  private final Path path;
  private final PortableBytes bytes;
  private final FileIdentity identity;
  private final WorkerThreads threads;
  private volatile Optional<Boolean> tellsResidency = Optional.empty();

  PortableFile(Path path, PortableBytes bytes, FileIdentity identity, WorkerThreads threads) {
    this.path = path;
    this.bytes = bytes;
    this.identity = identity;
    this.threads = threads;
  }

  /// Which file it is whose attributes were read, under whatever name.
  static FileIdentity identity(Path path, BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    try {
      var unix = Files.readAttributes(path, "unix:dev,ino,fileKey");
      if (Objects.equals(unix.get("fileKey"), key)) {
        return new FileIdentity(number(unix.get("dev")), number(unix.get("ino")));
      }
    } catch (IOException | RuntimeException _) {
      // The key has to do.
    }
    return new FileIdentity(0, key == null ? path.toAbsolutePath().hashCode() : key.hashCode());
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
      return bytes.size();
    } catch (IOException e) {
      throw PortableErrors.typed(path, "size", e);
    }
  }

  @Override
  public int read(long byteOffset, MemorySegment target) throws FileException {
    try {
      return bytes.read(byteOffset, target);
    } catch (IOException e) {
      throw PortableErrors.typed(path, "read", e);
    }
  }

  @Override
  public CompletionStage<Integer> readAsync(long byteOffset, MemorySegment target) {
    return threads.load(target.byteSize(), () -> read(byteOffset, target));
  }

  /// Whether the system tells what of it is in memory: to its owner and to those who may write it.
  /// Asked once, as a file hardly changes its owner while it is open.
  boolean tellsResidency() {
    if (tellsResidency.isEmpty()) {
      tellsResidency = Optional.of(isOursOrWritable(bytes.location()));
    }
    return tellsResidency.get();
  }

  private static boolean isOursOrWritable(Path location) {
    try {
      return Files.isWritable(location)
          || Files.getOwner(location).getName().equals(System.getProperty("user.name"));
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  @Override
  public FileSystemType fileSystem() throws FileException {
    try {
      return FileSystemType.named(Files.getFileStore(bytes.location()).type());
    } catch (IOException e) {
      throw PortableErrors.typed(path, "fileSystem", e);
    }
  }

  @Override
  public int write(long byteOffset, MemorySegment source) throws FileException {
    try {
      return bytes.write(byteOffset, source);
    } catch (IOException e) {
      throw PortableErrors.typed(path, "write", e);
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
    try {
      checkSpace(byteOffset + byteSize);
      bytes.appendZeros(byteOffset + byteSize);
    } catch (IOException e) {
      throw PortableErrors.typed(path, "allocate", e);
    }
  }

  /// Zeros are written to reserve space, which takes long on a large disk that turns out to be too
  /// small.
  private void checkSpace(long end) throws IOException {
    long missing = end - bytes.size();
    long usable = usableSpace();
    if (usable > 0 && missing > usable) {
      throw new NoSpace(
          FailureDetails.of(
              path,
              "allocate",
              "%d bytes more are needed, and the disk has %d".formatted(missing, usable),
              "Free space, or ask for less"));
    }
  }

  /// 0 if nobody knows: not every file system tells, and a file may have lost its name.
  private long usableSpace() {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException _) {
      return 0;
    }
  }

  @Override
  public CompletionStage<Void> allocateAsync(long byteOffset, long byteSize) {
    return threads.await(() -> allocate(byteOffset, byteSize));
  }

  @Override
  public void resize(long byteSize) throws FileException {
    try {
      bytes.resize(byteSize);
    } catch (IOException e) {
      throw PortableErrors.typed(path, "resize", e);
    }
  }

  @Override
  public void sync() throws FileException {
    try {
      bytes.sync();
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
      if (bytes.channel().tryLock(0, Long.MAX_VALUE, shared) != null) {
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

  /// The JDK asks by the path only, so that has to lead to this file afterwards, too.
  @Override
  public boolean isExecutable() throws FileException {
    Path location = bytes.location();
    boolean executable = Files.isExecutable(location);
    try {
      var now = Files.readAttributes(location, BasicFileAttributes.class);
      if (identity(location, now).equals(identity)) {
        return executable;
      }
    } catch (IOException e) {
      throw PortableErrors.typed(path, "isExecutable", e);
    }
    throw new InUse(
        FailureDetails.of(
            path,
            "isExecutable",
            "another file has its name by now",
            "Check what else works in its directory, and open it again"));
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
          bytes.channel().map(mode, request.byteOffset(), request.byteSize(), arena);
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
      bytes.close();
    } catch (IOException e) {
      throw PortableErrors.typed(path, "close", e);
    }
  }
}
