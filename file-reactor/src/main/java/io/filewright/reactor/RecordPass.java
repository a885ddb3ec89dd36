package io.filewright.reactor;

import io.filewright.error.FileException;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Records;
import io.filewright.stream.Results;
import io.filewright.stream.StreamingProcessor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The records that end with a byte. What stands behind the last one is a record too, unless it is
/// empty.
///
/// The chunks of a large file are read and decoded by threads beside the one that emits. Records
/// are made by the latter: to hand over millions of small objects from one processor to another
/// takes longer than to make them.
///
/// @param <T> what is made of them
final class RecordPass<T> implements Pass<T> {

  /// A smaller file has been read before threads of its own would pay.
  private static final long LARGE_BYTES = 4L << 20;

  private static final int WORKERS = 2;

  private final Results<Cut<T>> chunks;
  private Cut<T> current = Cut.nothing();
  private Cut<T> upcoming;
  private boolean ended;

  private RecordPass(Results<Cut<T>> chunks) throws InterruptedException {
    this.chunks = chunks;
    this.upcoming = ask();
  }

  static <T> RecordPass<T> open(ChunkSource source, byte delimiter, Cut.Cutter<T> cutter)
      throws FileException, InterruptedException {
    var records = source.withRecords(Records.delimitedBy(delimiter));
    boolean large = records.size().bytes().orElse(0) >= LARGE_BYTES;
    var processor = StreamingProcessor.create().withWorkers(large ? WORKERS : 1);
    var chunks =
        processor.process(records, chunk -> cutter.cut(chunk.toByteArray(), chunk.byteOffset()));
    boolean done = false;
    try {
      var pass = new RecordPass<>(chunks);
      done = true;
      return pass;
    } finally {
      if (!done) {
        chunks.close();
      }
    }
  }

  @Override
  public @Nullable T next() throws FileException, InterruptedException {
    while (!current.hasNext()) {
      if (ended && !upcoming.hasNext()) {
        return null;
      }
      current = upcoming;
      upcoming = ask();
    }
    return current.next();
  }

  /// Whoever gets the last record has to be told that it was the last: so one chunk is asked for
  /// ahead, and its failure is not that of the one before.
  private Cut<T> ask() throws InterruptedException {
    try {
      Optional<Cut<T>> next = chunks.next();
      ended = next.isEmpty();
      return next.orElse(Cut.nothing());
    } catch (FileException e) {
      return Cut.failing(e);
    }
  }

  @Override
  public boolean isExhausted() {
    return ended && !current.hasNext() && !upcoming.hasNext();
  }

  @Override
  public void close() {
    chunks.close();
  }
}
