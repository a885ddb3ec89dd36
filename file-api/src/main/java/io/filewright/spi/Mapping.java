package io.filewright.spi;

import io.filewright.error.FileException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletionStage;

/// Memory that holds a range of a file: a mapping of it, or a copy.
///
/// Offsets are relative to the mapped range, which need not begin at a page.
public interface Mapping extends AutoCloseable {

  /// Size of the range, in bytes.
  long byteSize();

  /// The memory, read-only unless it was mapped for writing. Its scope is the arena's if the engine
  /// can do that; otherwise the mapping's own.
  ///
  /// Touching it may fault if the file has become shorter or the device fails.
  MemorySegment segment(Arena arena);

  /// Brings a range in on the calling thread, chunk by chunk, so that touching it afterwards takes
  /// no major fault. Blocks while the disk works.
  ///
  /// @throws io.filewright.error.Truncated if the file has become shorter
  void populate(long byteOffset, long byteSize, LoadListener listener) throws FileException;

  /// The same without blocking the caller; the mapping must stay open until the stage completes.
  CompletionStage<Void> populateAsync(long byteOffset, long byteSize, LoadListener listener);

  /// Gives the kernel a hint about a range of the memory. For an empty range it only finds out
  /// whether the kernel would take it.
  AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice) throws FileException;

  /// Which pages of a range are in memory now; [not known][Residency#isKnown] if the system does
  /// not tell this process.
  Residency residency(long byteOffset, long byteSize) throws FileException;

  /// Keeps a range in memory (mlock) until the mapping is closed.
  void lock(long byteOffset, long byteSize) throws FileException;

  /// Waits until the stores to a range are on the disk (msync). Nothing happens unless they go to
  /// the file. Blocks while the disk works.
  void force(long byteOffset, long byteSize) throws FileException;

  /// The same without blocking the caller; the mapping must stay open until the stage completes.
  CompletionStage<Void> forceAsync(long byteOffset, long byteSize);

  /// Gives the memory back. Called once.
  @Override
  void close() throws FileException;
}
