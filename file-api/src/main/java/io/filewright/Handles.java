package io.filewright;

import io.filewright.error.FileException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Several handles at once.
final class Handles {

  private Handles() {}

  static <R extends MmapRegion> List<R> awaitAll(
      List<? extends AsyncFileHandle<? extends R>> handles)
      throws FileException, InterruptedException {
    BlockingQueue<AsyncFileHandle<?>> ended = new LinkedBlockingQueue<>();
    for (var handle : handles) {
      handle.start().onSettled(ended::add);
    }
    boolean complete = false;
    try {
      for (int i = 0; i < handles.size(); i++) {
        ended.take().await();
      }
      var regions = new ArrayList<R>(handles.size());
      for (var handle : handles) {
        regions.add(handle.await());
      }
      complete = true;
      return List.copyOf(regions);
    } catch (InterruptedException e) {
      complete = true; // An interrupt ends one wait, never someone's file.
      throw e;
    } finally {
      if (!complete) {
        handles.forEach(AsyncFileHandle::close);
      }
    }
  }

  static <R extends MmapRegion> Iterable<AsyncFileHandle<R>> asCompleted(
      List<AsyncFileHandle<R>> handles) {
    BlockingQueue<AsyncFileHandle<R>> ended = new LinkedBlockingQueue<>();
    for (var handle : handles) {
      handle.start().onSettled(ended::add);
    }
    var iterator = new CompletedIterator<>(ended, handles.size());
    return () -> iterator;
  }

  private static final class CompletedIterator<R extends MmapRegion>
      implements Iterator<AsyncFileHandle<R>> {

    private final BlockingQueue<AsyncFileHandle<R>> ended;
    private int left;

    CompletedIterator(BlockingQueue<AsyncFileHandle<R>> ended, int left) {
      this.ended = ended;
      this.left = left;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public AsyncFileHandle<R> next() {
      if (left == 0) {
        throw new NoSuchElementException();
      }
      try {
        var handle = ended.take();
        left--;
        return handle;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(
            new InterruptedIOException("interrupted while waiting for the next file"));
      }
    }
  }
}
