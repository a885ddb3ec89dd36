package io.filewright.stream;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.ByteRange;
import io.filewright.FileRuntime;
import io.filewright.error.FileException;
import io.filewright.memory.MemoryBudget;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/// Files of any size as chunks of bounded size, made of whole records.
///
/// It is a description: immutable, and each [#open] is a pass of its own that opens the files, sees
/// them as long as they are at that moment, and takes its buffers from a budget.
public final class ChunkSource implements BatchSource<Chunk> {

  /// What is read at a time unless said otherwise, in bytes: 256 KiB, which stays in a processor's
  /// L2 cache between the kernel that copies it there and the loop that reads it. Of 256, 512 and
  /// 1024 KiB it was the fastest (4.8, 4.2 and 3.7 GB/s hot: `bench stream --only engines`, see
  /// docs/performance.md).
  public static final long DEFAULT_CHUNK_BYTES = 256L << 10;

  /// The largest chunks, and the largest records of one size, that can be asked for, in bytes: 1
  /// TiB.
  public static final long MAX_CHUNK_BYTES = 1L << 40;

  /// How many chunks can be open at the same time at the most.
  public static final int MAX_IN_FLIGHT = 1 << 16;

  /// The longest record that is allowed unless said otherwise, in bytes: 64 MiB.
  public static final long DEFAULT_MAX_RECORD_BYTES = 64L << 20;

  /// What a buffer has beside a chunk: the byte before it, the end of its last record, and what is
  /// lost to alignment.
  static final long SLACK_BYTES = 32L << 10;

  private final Input input;
  private final Records records;
  private final Sizes sizes;
  private final StreamEngine engine;
  private final Memory memory;

  private ChunkSource(
      Input input, Records records, Sizes sizes, StreamEngine engine, Memory memory) {
    this.input = input;
    this.records = records;
    this.sizes = sizes;
    this.engine = engine;
    this.memory = memory;
  }

  /// What is read.
  sealed interface Input {

    /// Files, one after the other, and the part of each that is read.
    record Files(List<Path> paths, ByteRange range, int part, int parts) implements Input {}

    /// A channel; it gives its bytes once.
    record Channel(Path name, ReadableByteChannel channel) implements Input {}
  }

  /// How large chunks and records may be.
  ///
  /// @param chunkBytes of a chunk, unless one record is longer; at least 1, and rounded up to whole
  ///   records at most twice the largest that can be asked for
  /// @param maxRecordBytes of a record that is longer than a chunk; beyond it, a pass fails
  record Sizes(long chunkBytes, long maxRecordBytes) {
    Sizes {
      Bounds.check("chunkBytes", chunkBytes, 1, 2 * MAX_CHUNK_BYTES);
      Bounds.check("maxRecordBytes", maxRecordBytes, 1, Long.MAX_VALUE);
    }
  }

  /// Where memory comes from.
  ///
  /// @param runtime whose engine opens and reads
  /// @param budget what buffers are charged to
  record Memory(FileRuntime runtime, MemoryBudget budget) {}

  /// A file, as bytes without records.
  public static ChunkSource of(Path file) {
    return of(List.of(file));
  }

  /// Several files, one after the other; no chunk holds bytes of two.
  public static ChunkSource of(List<Path> files) {
    return over(new Input.Files(List.copyOf(files), ByteRange.ALL, 0, 1));
  }

  /// What a channel gives, such as standard input or a socket. It is read on the threads that ask
  /// for chunks, and stays open; there is only one pass. It has to wait for bytes: one that is not
  /// blocking is refused.
  ///
  /// A channel is closed by the interrupt of a thread that reads it, if it is an
  /// [java.nio.channels.InterruptibleChannel]: so it is when a run is closed while a worker waits
  /// for bytes, and when a run of one worker is cancelled meanwhile.
  ///
  /// @param name what messages call it, such as `-`
  public static ChunkSource of(ReadableByteChannel channel, String name) {
    return over(new Input.Channel(Path.of(name), channel));
  }

  /// A log, whose lines come as they are appended.
  public static Follow follow(Path log) {
    return Follow.of(log);
  }

  private static ChunkSource over(Input input) {
    var runtime = FileRuntime.shared();
    return new ChunkSource(
        input,
        Records.none(),
        new Sizes(DEFAULT_CHUNK_BYTES, DEFAULT_MAX_RECORD_BYTES),
        StreamEngine.AUTO,
        new Memory(runtime, StreamConfig.processBudget()));
  }

  /// With chunks of whole records.
  public ChunkSource withRecords(Records newRecords) {
    return new ChunkSource(input, newRecords, sizes, engine, memory);
  }

  /// Only a part of each file. Its first byte is a record's first.
  public ChunkSource withRange(ByteRange range) {
    if (!(input instanceof Input.Files files)) {
      throw new IllegalStateException("A channel has no ranges.");
    }
    return new ChunkSource(
        new Input.Files(files.paths, range, files.part, files.parts),
        records,
        sizes,
        engine,
        memory);
  }

  /// With chunks of so many bytes, from 1 to [#MAX_CHUNK_BYTES]: a few less or more, as records
  /// end; 256 KiB by default. What is more than the files have is not reserved.
  public ChunkSource withChunkSize(long chunkBytes) {
    Bounds.check("chunkBytes", chunkBytes, 1, MAX_CHUNK_BYTES);
    var newSizes = new Sizes(chunkBytes, sizes.maxRecordBytes);
    return new ChunkSource(input, records, newSizes, engine, memory);
  }

  /// With records of at most so many bytes, without a delimiter; 64 MiB by default. It bounds the
  /// memory of one that is longer than a chunk, which takes memory of its own while it is read: so
  /// a record that is not longer than a chunk is always allowed.
  ///
  /// That memory, a chunk and up to four times the record, is not reserved before and not waited
  /// for: [io.filewright.error.MemoryLimitExceeded] with the record's place if the budget has no
  /// room at that moment.
  public ChunkSource withMaxRecordSize(long maxRecordBytes) {
    var newSizes = new Sizes(sizes.chunkBytes, maxRecordBytes);
    return new ChunkSource(input, records, newSizes, engine, memory);
  }

  /// With another way to bring bytes in. AUTO reads. A channel, and records whose end only the
  /// caller knows ([Records#endingWhere]), are always read: [#open] refuses what is asked beside.
  public ChunkSource withEngine(StreamEngine newEngine) {
    return new ChunkSource(input, records, sizes, newEngine, memory);
  }

  /// How bytes will be brought in: the engine that was asked for, or what AUTO stands for here.
  ///
  /// @throws io.filewright.error.Unsupported if that engine cannot read such a source
  public StreamEngine chosenEngine() throws FileException {
    return Opening.engine(this);
  }

  /// With buffers charged to a budget; by default to [StreamConfig#processBudget].
  public ChunkSource withBudget(MemoryBudget budget) {
    return new ChunkSource(input, records, sizes, engine, new Memory(memory.runtime, budget));
  }

  /// With another runtime, and its budget.
  public ChunkSource withRuntime(FileRuntime runtime) {
    return new ChunkSource(input, records, sizes, engine, new Memory(runtime, runtime.budget()));
  }

  /// Parts of nearly equal size for readers that know nothing of one another, at most so many. A
  /// record belongs to the part that holds its first byte; the chunks of all parts together are
  /// those of the whole, whoever reads them.
  ///
  /// Each part sees a file as long as it is when that part is opened. Of a file that grows or is
  /// cut off meanwhile, parts do not fit together: fix its end before ([#withRange]).
  ///
  /// @throws IllegalStateException if records can only be found from the beginning on
  public List<ChunkSource> split(int parts) {
    if (!(input instanceof Input.Files files) || records instanceof Records.EndingWhere) {
      throw new IllegalStateException("What can only be read from its beginning has no parts.");
    }
    if (files.parts != 1 || parts < 1) {
      throw new IllegalArgumentException(parts + " parts of part " + files.part);
    }
    return IntStream.range(0, parts)
        .mapToObj(part -> new Input.Files(files.paths, files.range, part, parts))
        .map(part -> new ChunkSource(part, records, sizes, engine, memory))
        .toList();
  }

  /// Pushes chunks to subscribers, a pass for each.
  ///
  /// @param executor reads, and calls subscribers; it may wait for the disk and for memory
  public ChunkPublisher publisher(Executor executor) {
    return new ChunkPublisher(this, executor);
  }

  /// Begins a pass for one thread, which closes a chunk before it asks for the next.
  @MustBeClosed
  public ChunkReader open() throws FileException, InterruptedException {
    return open(1);
  }

  /// Begins a pass; waits until the budget has room for its buffers.
  ///
  /// @param inFlight how many chunks may be open at the same time, from 1 to [#MAX_IN_FLIGHT]
  /// @throws io.filewright.error.MemoryLimitExceeded if the budget will never have it
  /// @throws io.filewright.error.Unsupported if the engine cannot run here, or read such a source
  @Override
  @MustBeClosed
  public ChunkReader open(int inFlight) throws FileException, InterruptedException {
    return new Opening(this, inFlight).open();
  }

  /// The files' size at this moment; unknown for a channel, and for files that do not tell.
  @Override
  public SourceSize size() throws FileException {
    long recordBytes = records instanceof Records.OfSize(long bytes) ? bytes : 1;
    return new SourceSize(InputSize.of(input), recordBytes, sizes.chunkBytes, memory.budget);
  }

  @Override
  public ChunkSource inBatchesOf(long byteSize) {
    return withChunkSize(byteSize);
  }

  @Override
  public ChunkSource chargedTo(MemoryBudget budget) {
    return withBudget(budget);
  }

  Input input() {
    return input;
  }

  Records records() {
    return records;
  }

  Sizes sizes() {
    return sizes;
  }

  StreamEngine engine() {
    return engine;
  }

  Memory memory() {
    return memory;
  }
}
