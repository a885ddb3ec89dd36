package io.filewright.spi;

import io.filewright.error.FileException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// An open descriptor of a regular file. All methods are safe for use by many threads at once; none
/// is disturbed by an interrupt.
public interface OpenedFile extends AutoCloseable {

  /// The path it was opened by; the file may have another one by now, or none.
  Path path();

  /// A path that leads to this very file until it is closed, whatever its own path means by then,
  /// for the calling process only. Opening it gives another descriptor of the file.
  ///
  /// @return empty if the platform has no such paths
  default Optional<Path> alias() {
    return Optional.empty();
  }

  /// Which file it is.
  FileIdentity identity() throws FileException;

  /// The file system that it lies in.
  FileSystemType fileSystem() throws FileException;

  /// The file's size at this moment, in bytes, asked of the system each time.
  long size() throws FileException;

  /// Reads at an offset, like pread(2): at least one byte if the file has one there and the target
  /// is not empty, at most as many as the target holds. Blocks while the disk works.
  ///
  /// @param target native memory, accessible by this thread
  /// @return the number of bytes read; 0 only at or past the end of the file, or for an empty
  ///   target
  int read(long byteOffset, MemorySegment target) throws FileException;

  /// The same without blocking the caller.
  ///
  /// @param target native memory that the engine's threads may access (not of a confined arena),
  ///   alive until the stage completes
  CompletionStage<Integer> readAsync(long byteOffset, MemorySegment target);

  /// Writes at an offset, like pwrite(2): at least one byte unless the source is empty, at most as
  /// many as it holds. A write past the end makes the file longer. Blocks while the disk works.
  ///
  /// @param source native memory, accessible by this thread
  /// @return the number of bytes written
  /// @throws io.filewright.error.NoSpace if the disk is full
  int write(long byteOffset, MemorySegment source) throws FileException;

  /// The same without blocking the caller.
  ///
  /// @param source native memory that the engine's threads may access (not of a confined arena),
  ///   alive until the stage completes
  CompletionStage<Integer> writeAsync(long byteOffset, MemorySegment source);

  /// Reserves space on the disk for a range, so that no store to it can find the disk full, and
  /// makes the file longer if the range ends behind its end; what is new reads as zeros, and what
  /// is there stays. Blocks while the disk works.
  ///
  /// @param byteSize at least 1
  /// @throws io.filewright.error.NoSpace if the disk is full; the file is as long as before
  /// @throws io.filewright.error.Unsupported if nothing can be reserved here
  void allocate(long byteOffset, long byteSize) throws FileException;

  /// The same without blocking the caller.
  CompletionStage<Void> allocateAsync(long byteOffset, long byteSize);

  /// Cuts the file off at a size, or makes it longer by a hole.
  void resize(long byteSize) throws FileException;

  /// Waits until content and size are on the disk (fsync).
  void sync() throws FileException;

  /// Locks the whole file until it is closed; never waits.
  ///
  /// @throws io.filewright.error.InUse if somebody else holds a lock that excludes this one
  void lock(FileLocking locking) throws FileException;

  /// Has the kernel keep others from writing to the file or truncating it.
  ///
  /// @param onBreak called once, on an engine's thread, when somebody is kept waiting
  /// @throws io.filewright.error.InUse if somebody has it open for writing
  /// @throws io.filewright.error.Unsupported if there are no leases for this file
  FileLease lease(Runnable onBreak) throws FileException;

  /// The file's content at this moment as a file without a name that shares its blocks until
  /// somebody writes (a reflink), so that nobody else can change it.
  ///
  /// @return a file of its own, closed by the caller
  /// @throws io.filewright.error.Unsupported if the file system cannot share blocks
  OpenedFile reflink() throws FileException;

  /// Whether this process may execute the file.
  boolean isExecutable() throws FileException;

  /// Maps a range. The mapping is closed before this file is.
  ///
  /// @throws io.filewright.error.Unsupported if this file cannot be mapped, though it can be read
  Mapping map(MapRequest request) throws FileException;

  /// Gives the page cache a hint about a range of the file, which must not be empty.
  AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice) throws FileException;

  /// Has reads go past the page cache from now on (O_DIRECT): offsets, sizes and memory must then
  /// be multiples of 4096, but for the end of the file.
  default AdviceResult bypassCache() throws FileException {
    return new AdviceResult.Unsupported("the engine reads through the page cache only");
  }

  /// Closes the descriptor. Called once.
  @Override
  void close() throws FileException;
}
