package io.filewright.spi;

import io.filewright.error.FileException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/// An open descriptor of a regular file. All methods are safe for use by many threads at once; none
/// is disturbed by an interrupt.
public interface OpenedFile extends AutoCloseable {

  /// The path it was opened by; the file may have another one by now, or none.
  Path path();

  /// Which file it is.
  FileIdentity identity() throws FileException;

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

  /// Maps a range for reading. The mapping is closed before this file is.
  ///
  /// @throws io.filewright.error.Unsupported if this file cannot be mapped, though it can be read
  Mapping map(MapRequest request) throws FileException;

  /// Gives the page cache a hint about a range of the file, which must not be empty.
  AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice) throws FileException;

  /// Closes the descriptor. Called once.
  @Override
  void close() throws FileException;
}
