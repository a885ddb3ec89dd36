package io.filewright.internal.map;

import io.filewright.error.FileException;
import io.filewright.internal.threads.WorkerThreads;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletionStage;

/// Lends a platform thread to each piece of work.
///
/// @param threads which
public record ThreadWork(WorkerThreads threads) implements FileWork {

  @Override
  public boolean holdsMemory() {
    return true;
  }

  @Override
  public CompletionStage<Integer> read(NativeFile file, long byteOffset, MemorySegment target) {
    return threads.load(target.byteSize(), () -> file.read(byteOffset, target));
  }

  @Override
  public int readNow(NativeFile file, long byteOffset, MemorySegment target) throws FileException {
    return threads.loadNow(() -> file.readHere(byteOffset, target));
  }

  @Override
  public CompletionStage<Integer> write(NativeFile file, long byteOffset, MemorySegment source) {
    return threads.load(source.byteSize(), () -> file.write(byteOffset, source));
  }

  @Override
  public CompletionStage<Void> allocate(NativeFile file, long byteOffset, long byteSize) {
    return threads.await(() -> file.allocate(byteOffset, byteSize));
  }

  @Override
  public CompletionStage<Void> populate(PopulateWalk walk) {
    return threads.run(walk.byteSize(), walk::run);
  }

  @Override
  public CompletionStage<Void> force(
      NativeFile file, long byteOffset, long byteSize, WorkerThreads.Action msync) {
    return threads.await(msync);
  }
}
