package io.filewright.internal.map;

import io.filewright.error.FileException;
import io.filewright.internal.threads.WorkerThreads;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletionStage;

/// How the work of an open file is done without blocking who asks for it: on threads, or by the
/// kernel. The file stays open, and memory stays valid, until the stage completes.
public interface FileWork {

  /// See [io.filewright.spi.OpenedFile#holdsMemory].
  boolean holdsMemory();

  /// See [io.filewright.spi.OpenedFile#readAsync].
  CompletionStage<Integer> read(NativeFile file, long byteOffset, MemorySegment target);

  /// Reads while a virtual thread waits, without holding its carrier.
  int readNow(NativeFile file, long byteOffset, MemorySegment target) throws FileException;

  /// See [io.filewright.spi.OpenedFile#writeAsync].
  CompletionStage<Integer> write(NativeFile file, long byteOffset, MemorySegment source);

  /// See [io.filewright.spi.OpenedFile#allocateAsync].
  CompletionStage<Void> allocate(NativeFile file, long byteOffset, long byteSize);

  /// Brings memory in, see [io.filewright.spi.Mapping#populateAsync].
  CompletionStage<Void> populate(PopulateWalk walk);

  /// Waits until a range of a file that is mapped for writing is on the disk.
  ///
  /// @param byteOffset in the file
  /// @param msync the same through the mapping, on the calling thread
  CompletionStage<Void> force(
      NativeFile file, long byteOffset, long byteSize, WorkerThreads.Action msync);
}
