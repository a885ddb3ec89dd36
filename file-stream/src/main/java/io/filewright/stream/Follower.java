package io.filewright.stream;

import io.filewright.error.FileException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// What is appended to a log, as chunks of whole records, while it grows.
///
/// Like `tail -F` it goes on when the file is renamed and a new one takes its place, when it is
/// truncated, replaced, or removed and made again. A file that was rotated away is read to its end
/// first, and so are those that were rotated away in between, if they are still there. A record
/// that has no end yet waits for it; if its file is given up, it comes without.
///
/// The file system wakes the waiting thread; once a second it looks all the same, for file systems
/// that do not tell, and for a log that is a symbolic link into another directory. What is written
/// over after a truncation, before it was seen, cannot be known of.
///
/// One thread asks for chunks; any thread may close.
public final class Follower implements AutoCloseable {

  /// How often it looks without having been woken.
  public static final Duration POLL = Duration.ofSeconds(1);

  private final FollowedFiles files;
  private final FollowedRecords records;
  private final PassMemory memory;
  private final DirectoryWatch watch;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean closed;

  private Follower(
      FollowedFiles files, FollowedRecords records, PassMemory memory, DirectoryWatch watch) {
    this.files = files;
    this.records = records;
    this.memory = memory;
    this.watch = watch;
  }

  static Follower open(Follow follow) throws FileException, InterruptedException {
    var watch = DirectoryWatch.of(follow.path());
    boolean done = false;
    try {
      var pool =
          BufferPool.of(
              follow.memory().runtime(), follow.memory().budget(), follow.sizes().chunkBytes());
      var memory =
          PassMemory.take(
              pool,
              2,
              follow.path(),
              "Allow a larger budget, or use smaller chunks (withChunkSize)");
      var files = new FollowedFiles(follow);
      var follower = new Follower(files, new FollowedRecords(follow, memory), memory, watch);
      done = true;
      return follower.begun();
    } finally {
      if (!done) {
        watch.close();
      }
    }
  }

  private Follower begun() throws FileException {
    boolean done = false;
    try {
      records.begin(files.begin());
      done = true;
      return this;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /// The next chunk, as soon as a record is there; empty when this has been closed. The chunk
  /// before has to be closed by then.
  ///
  /// @throws io.filewright.error.TooLarge if a record is longer than allowed
  /// @throws InterruptedException if the thread is interrupted while it waits; it may ask again
  public Optional<Chunk> next() throws FileException, InterruptedException {
    while (!closed) {
      Optional<Chunk> chunk = nextNow();
      if (chunk.isPresent()) {
        return chunk;
      }
      watch.await(POLL);
    }
    return Optional.empty();
  }

  /// Gives each chunk to a consumer, and closes it behind it; returns when this has been closed.
  public void forEach(ChunkReader.ChunkConsumer consumer)
      throws FileException, InterruptedException {
    for (var next = next(); next.isPresent(); next = next()) {
      try (Chunk chunk = next.get()) {
        consumer.accept(chunk);
      }
    }
  }

  /// The next chunk if a record is there at this moment; does not wait but for the disk.
  public Optional<Chunk> nextNow() throws FileException {
    lock.lock();
    try {
      return closed ? Optional.empty() : look();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Chunk> look() throws FileException {
    while (true) {
      Optional<Chunk> whole = records.read(files);
      if (whole.isPresent()) {
        return whole;
      }
      switch (files.change()) {
        case NONE -> {
          return Optional.empty();
        }
        case TRUNCATED -> {
          Optional<Chunk> rest = records.rest();
          files.rewind();
          records.begin(0);
          if (rest.isPresent()) {
            return rest;
          }
        }
        case REPLACED -> {
          // Whoever wrote the old file may have done so until the new one was there.
          Optional<Chunk> late = records.read(files);
          if (late.isPresent()) {
            return late;
          }
          Optional<Chunk> rest = records.rest();
          files.goOver();
          records.begin(0);
          if (rest.isPresent()) {
            return rest;
          }
        }
      }
    }
  }

  /// Ends it. A chunk that is open stays valid. Idempotent.
  @Override
  public void close() {
    closed = true;
    watch.close();
    lock.lock();
    try {
      files.close();
      records.close();
      memory.close();
    } finally {
      lock.unlock();
    }
  }
}
