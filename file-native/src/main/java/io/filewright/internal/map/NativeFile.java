package io.filewright.internal.map;

import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.IsDirectory;
import io.filewright.error.NotRegularFile;
import io.filewright.error.Truncated;
import io.filewright.internal.os.FileStatus;
import io.filewright.internal.os.Os;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.FileIdentity;
import io.filewright.spi.FileLease;
import io.filewright.spi.FileLocking;
import io.filewright.spi.FileSystemType;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// A descriptor of a regular file.
public final class NativeFile implements OpenedFile {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int EACCES = 13;
  private static final int EINVAL = 22;
  private static final int EOPNOTSUPP = 95;
  private static final Thread ANY_OTHER_THREAD = Thread.ofPlatform().unstarted(() -> {});

  private final Os os;
  private final Errnos errnos;
  private final Path path;
  private final int descriptor;
  private final FileIdentity identity;
  private final FileWork work;
  private volatile Optional<Boolean> tellsResidency = Optional.empty();

  private NativeFile(
      Os os, Errnos errnos, Path path, int descriptor, FileIdentity identity, FileWork work) {
    this.os = os;
    this.errnos = errnos;
    this.path = path;
    this.descriptor = descriptor;
    this.identity = identity;
    this.work = work;
  }

  /// Opens a file and makes sure that it is a regular one.
  public static NativeFile open(Os os, Errnos errnos, OpenRequest request, FileWork work)
      throws FileException {
    Path path = request.path();
    int descriptor = os.open(request);
    if (descriptor < 0) {
      throw errnos.failure(path, "open", descriptor);
    }
    return adopt(os, errnos, path, descriptor, work);
  }

  /// Takes a descriptor over, and closes it unless it is a regular file's.
  private static NativeFile adopt(Os os, Errnos errnos, Path path, int descriptor, FileWork work)
      throws FileException {
    var status = new FileStatus();
    return opened(os, errnos, path, descriptor, os.status(descriptor, status), status, work);
  }

  /// Takes a descriptor over that is open already, and makes sure that it is a regular file's.
  ///
  /// @param asked what came of asking for the status: 0, or a negated errno
  /// @param status what the descriptor refers to
  public static NativeFile opened(
      Os os, Errnos errnos, Path path, int descriptor, int asked, FileStatus status, FileWork work)
      throws FileException {
    FileIdentity identity;
    try {
      identity = checkRegular(errnos, path, asked, status);
    } catch (FileException e) {
      int closed = os.close(descriptor);
      if (closed < 0) {
        e.addSuppressed(errnos.failure(path, "close", closed));
      }
      throw e;
    }
    return new NativeFile(os, errnos, path, descriptor, identity, work);
  }

  private static FileIdentity checkRegular(Errnos errnos, Path path, int asked, FileStatus status)
      throws FileException {
    if (asked < 0) {
      throw errnos.failure(path, "open", asked);
    }
    return switch (status.kind()) {
      case REGULAR -> new FileIdentity(status.device(), status.inode());
      case DIRECTORY ->
          throw new IsDirectory(
              FailureDetails.of(path, "open", "it is a directory", "Name a file inside it"));
      case OTHER ->
          throw new NotRegularFile(
              FailureDetails.of(
                  path,
                  "open",
                  "it is a FIFO, a socket or a device",
                  "Read it as a stream; only regular files can be mapped"));
    };
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Optional<Path> alias() {
    Path alias = DESCRIPTORS.resolve(Integer.toString(descriptor));
    return Files.isReadable(alias) ? Optional.of(alias) : Optional.empty();
  }

  @Override
  public FileIdentity identity() {
    return identity;
  }

  @Override
  public long size() throws FileException {
    long size = os.size(descriptor);
    if (size < 0) {
      throw errnos.failure(path, "size", size);
    }
    return size;
  }

  @Override
  public int read(long byteOffset, MemorySegment target) throws FileException {
    return Thread.currentThread().isVirtual()
        ? readUnmounted(byteOffset, target)
        : readHere(byteOffset, target);
  }

  /// A virtual thread keeps its carrier during a system call, and with it all that wait for one: so
  /// it reads what is in the page cache, and leaves waiting for the disk to a thread of ours.
  private int readUnmounted(long byteOffset, MemorySegment target) throws FileException {
    long cached = os.readCached(descriptor, byteOffset, target);
    if (cached >= 0) {
      return (int) cached;
    }
    // SAFETY: memory of a confined arena lives as long as its thread does not close it, and that
    // thread waits here.
    MemorySegment shared =
        target.isAccessibleBy(ANY_OTHER_THREAD)
            ? target
            : os.segment(target.address(), target.byteSize(), Arena.global());
    return work.readNow(this, byteOffset, shared);
  }

  /// Reads on the calling thread, whichever that is.
  int readHere(long byteOffset, MemorySegment target) throws FileException {
    return (int)
        checked("read", os.read(descriptor, byteOffset, target), byteOffset, target.byteSize());
  }

  @Override
  public boolean holdsMemory() {
    return work.holdsMemory();
  }

  @Override
  public CompletionStage<Integer> readAsync(long byteOffset, MemorySegment target) {
    return work.read(this, byteOffset, target);
  }

  @Override
  public int write(long byteOffset, MemorySegment source) throws FileException {
    return (int)
        checked("write", os.write(descriptor, byteOffset, source), byteOffset, source.byteSize());
  }

  @Override
  public CompletionStage<Integer> writeAsync(long byteOffset, MemorySegment source) {
    return work.write(this, byteOffset, source);
  }

  /// Some file systems (ext4) make the file longer as far as there is space before they fail.
  @Override
  public void allocate(long byteOffset, long byteSize) throws FileException {
    long before = size();
    try {
      int result = os.allocate(descriptor, byteOffset, byteSize);
      if (result == -EOPNOTSUPP) {
        new Zeros(this).allocate(byteOffset, byteSize);
      } else if (result < 0) {
        throw errnos.failure(path, "allocate", result, byteOffset, byteSize);
      }
    } catch (FileException e) {
      undoGrowth(before, e);
      throw e;
    }
  }

  /// Cuts off again what a failed reservation has added.
  public void undoGrowth(long before, FileException failure) {
    try {
      if (size() > before) {
        resize(before);
      }
    } catch (FileException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public CompletionStage<Void> allocateAsync(long byteOffset, long byteSize) {
    return work.allocate(this, byteOffset, byteSize);
  }

  @Override
  public void resize(long byteSize) throws FileException {
    int result = os.resize(descriptor, byteSize);
    if (result < 0) {
      throw errnos.failure(path, "resize", result, 0, byteSize);
    }
  }

  @Override
  public void sync() throws FileException {
    int result = os.sync(descriptor);
    if (result < 0) {
      throw errnos.failure(path, "sync", result);
    }
  }

  @Override
  public FileSystemType fileSystem() throws FileException {
    return control().fileSystem();
  }

  @Override
  public void lock(FileLocking locking) throws FileException {
    control().lock(locking);
  }

  @Override
  public FileLease lease(Runnable onBreak) throws FileException {
    return control().lease(onBreak);
  }

  @Override
  public OpenedFile reflink() throws FileException {
    return adopt(os, errnos, path, control().cloned(), work);
  }

  private FileControl control() {
    return new FileControl(os, errnos, path, descriptor);
  }

  /// ```
  ///   file    |----page----|----page----|----page----|
  ///   wanted          [byteOffset ........... byteSize)
  ///   mapped  [aligned .................. lead + byteSize)
  ///            <-lead->
  /// ```
  @Override
  public boolean isExecutable() throws FileException {
    int result = os.mayExecute(descriptor);
    if (result < 0 && result != -EACCES) {
      throw errnos.failure(path, "isExecutable", result);
    }
    return result == 0;
  }

  @Override
  public Mapping map(MapRequest request) throws FileException {
    int lead = (int) (request.byteOffset() & (os.pageSize() - 1));
    long aligned = request.byteOffset() - lead;
    long address = os.map(descriptor, aligned, lead + request.byteSize(), request.protection());
    if (address < 0) {
      throw errnos.failure(path, "map", address, request.byteOffset(), request.byteSize());
    }
    return new NativeMapping(os, errnos, this, address, lead, request, work);
  }

  @Override
  public AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice)
      throws FileException {
    int result = os.adviseFile(descriptor, byteOffset, byteSize, advice);
    if (result == -EINVAL) {
      return new AdviceResult.Unsupported("the kernel does not take " + advice + " for this file");
    }
    if (result < 0) {
      throw errnos.failure(path, "advise", result, byteOffset, byteSize);
    }
    return new AdviceResult.Applied();
  }

  @Override
  public AdviceResult bypassCache() throws FileException {
    int result = os.bypassCache(descriptor);
    if (result == -EINVAL) {
      return new AdviceResult.Unsupported("the file system reads through the page cache only");
    }
    if (result < 0) {
      throw errnos.failure(path, "bypassCache", result);
    }
    return new AdviceResult.Applied();
  }

  @Override
  public void close() throws FileException {
    int result = os.close(descriptor);
    if (result < 0) {
      throw errnos.failure(path, "close", result);
    }
  }

  /// Whether parts of it take no space on the disk.
  boolean isSparse() throws FileException {
    var status = new FileStatus();
    int result = os.status(descriptor, status);
    if (result < 0) {
      throw errnos.failure(path, "size", result);
    }
    return status.allocatedBytes() < status.byteSize();
  }

  /// See [Os#tellsResidency]; asked once, as a file hardly changes its owner while it is open.
  boolean tellsResidency() {
    if (tellsResidency.isEmpty()) {
      tellsResidency = Optional.of(os.tellsResidency(descriptor));
    }
    return tellsResidency.get();
  }

  /// The descriptor itself; valid until the file is closed.
  public int descriptor() {
    return descriptor;
  }

  /// The result of a call on a range of the file, which is negative for a negated errno.
  public long checked(String operation, long result, long byteOffset, long byteSize)
      throws FileException {
    if (result < 0) {
      throw errnos.failure(path, operation, result, byteOffset, byteSize);
    }
    return result;
  }

  /// What it means that pages of a mapping of this file cannot be had (EFAULT).
  FileException unreadable(long result, long byteOffset, long byteSize) throws FileException {
    long fileSize = size();
    var details =
        fileSize < byteOffset + byteSize
            ? FailureDetails.of(
                path,
                "load",
                "the file has become shorter, it now ends at byte " + fileSize,
                "Something else truncates the file while it is read: open it again")
            : FailureDetails.of(
                path,
                "load",
                "the device could not deliver the pages",
                "Check the disk and the kernel log; or something truncated the file and restored it"
                    + " meanwhile");
    int errno = (int) -result;
    details = details.withRange(byteOffset, byteSize).withErrno(errno, os.errnoName(errno));
    return fileSize < byteOffset + byteSize ? new Truncated(details) : new DeviceFailed(details);
  }
}
