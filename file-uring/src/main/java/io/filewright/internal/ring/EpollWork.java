package io.filewright.internal.ring;

import io.filewright.error.FileException;
import io.filewright.internal.map.FileWork;
import io.filewright.internal.map.NativeFile;
import io.filewright.internal.map.PopulateWalk;
import io.filewright.internal.map.ThreadWork;
import io.filewright.internal.threads.WorkerThreads;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletionStage;

/// Lets threads do the work of a file and delivers its end on an event loop.
record EpollWork(ThreadWork threads, EpollLoop loop) implements FileWork {

  @Override
  public boolean holdsMemory() {
    return true;
  }

  @Override
  public CompletionStage<Integer> read(NativeFile file, long byteOffset, MemorySegment target) {
    return loop.deliver(threads.read(file, byteOffset, target));
  }

  @Override
  public int readNow(NativeFile file, long byteOffset, MemorySegment target) throws FileException {
    return threads.readNow(file, byteOffset, target);
  }

  @Override
  public CompletionStage<Integer> write(NativeFile file, long byteOffset, MemorySegment source) {
    return loop.deliver(threads.write(file, byteOffset, source));
  }

  @Override
  public CompletionStage<Void> allocate(NativeFile file, long byteOffset, long byteSize) {
    return loop.deliver(threads.allocate(file, byteOffset, byteSize));
  }

  @Override
  public CompletionStage<Void> populate(PopulateWalk walk) {
    return loop.deliver(threads.populate(walk));
  }

  @Override
  public CompletionStage<Void> force(
      NativeFile file, long byteOffset, long byteSize, WorkerThreads.Action msync) {
    return loop.deliver(threads.force(file, byteOffset, byteSize, msync));
  }
}
