package io.filewright.internal.region;

import io.filewright.error.FileException;
import io.filewright.spi.Mapping;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// The memory of a region and the rules for touching it. Offsets are relative to the region's start
/// and have been checked against its size.
///
/// Callers hold a reference of the region's [Lifetime] for as long as a call takes, an asynchronous
/// one until its stage completes.
public interface RegionMemory {

  /// The file.
  Path path();

  /// The raw memory with its hints and its residency.
  Mapping mapping();

  /// Where the memory begins in the file, in bytes.
  long fileOffset();

  /// Whether it is a copy, so that nothing outside the process can change it.
  boolean isCopy();

  /// A path that leads to the file whose bytes these are, while a reference is held.
  ///
  /// @return empty if the bytes are not, or no longer, a file's, or the platform has no such paths
  default Optional<Path> alias() {
    return Optional.empty();
  }

  /// Fills the target from the region. Never hands out a byte that the file did not have.
  void read(long byteOffset, MemorySegment target) throws FileException;

  /// The same without blocking the caller.
  CompletionStage<Void> readAsync(long byteOffset, MemorySegment target);

  /// Shows a range block by block, in memory that cannot fault while it is looked at.
  void forEachBlock(long from, long to, BlockVisitor visitor) throws FileException;

  /// Called after raw memory has been used: throws if what was seen may not have been the file's.
  ///
  /// A pending fault of this thread arrives inside this call as an [InternalError].
  void verify(String operation, long from, long to) throws FileException;

  /// Makes a typed failure of a fault in raw memory.
  FileException fault(String operation, long from, long to, Throwable cause);

  /// Gives everything back. Called once, by the end of the lifetime; never throws.
  void free();

  /// Looks at a block of a region.
  @FunctionalInterface
  interface BlockVisitor {

    /// Called for each block in order.
    ///
    /// @param block native memory, valid only during the call
    /// @param byteOffset where the block begins in the region
    /// @return whether to go on
    boolean visit(MemorySegment block, long byteOffset) throws FileException;
  }
}
