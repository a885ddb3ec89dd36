package io.filewright.stream;

import io.filewright.ByteRange;
import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import io.filewright.internal.blocks.BlockFile;
import io.filewright.internal.blocks.Buffers;
import io.filewright.internal.blocks.Descriptors;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.OpenedFile;
import java.nio.file.Path;
import java.util.List;

/// Begins a pass: takes its memory, and says how each file is to be read.
final class Opening {

  /// Reads that are under way at the same time, beside those that are processed.
  private static final int DEPTH = 4;

  private static final String LESS_MEMORY =
      "Allow a larger budget, or use smaller chunks (withChunkSize) or fewer workers";

  private final ChunkSource source;
  private final int inFlight;
  private final StreamEngine engine;
  private final long cellBytes;

  /// @throws Unsupported if the engine cannot read this source
  Opening(ChunkSource source, int inFlight) throws Unsupported {
    this.source = source;
    this.inFlight = (int) Bounds.check("inFlight", inFlight, 1, ChunkSource.MAX_IN_FLIGHT);
    this.engine = engine(source);
    this.cellBytes = cellBytes(source);
  }

  /// What brings bytes in. AUTO reads: nearly as fast as a mapping for one pass, and unable to
  /// fault. So does whatever comes one byte after the other, and nothing else can.
  static StreamEngine engine(ChunkSource source) throws Unsupported {
    StreamEngine asked = source.engine();
    if (asked == StreamEngine.AUTO || asked == StreamEngine.READ) {
      return StreamEngine.READ;
    }
    if (source.input() instanceof ChunkSource.Input.Channel(var name, var _)) {
      throw onlyRead(name, asked, "a channel gives its bytes one after the other");
    }
    if (source.records() instanceof Records.EndingWhere) {
      throw onlyRead(
          name(source), asked, "records whose end only the caller knows are read in order");
    }
    return asked;
  }

  private static Unsupported onlyRead(Path path, StreamEngine asked, String reason) {
    return new Unsupported(
        FailureDetails.of(
            path, "open", reason + ", which " + asked + " does not do", "Use READ or AUTO"));
  }

  ChunkReader open() throws FileException, InterruptedException {
    var memory = source.memory();
    var pool =
        BufferPool.of(memory.runtime(), memory.budget(), cellBytes + ChunkSource.SLACK_BYTES);
    var buffers = PassMemory.take(pool, inFlight + ahead(), name(source), LESS_MEMORY);
    boolean done = false;
    try {
      var reader = new ChunkReader(feed(buffers), buffers, engine, knownRecordBytes());
      done = true;
      return reader;
    } finally {
      if (!done) {
        buffers.close();
      }
    }
  }

  private static Path name(ChunkSource source) {
    return switch (source.input()) {
      case ChunkSource.Input.Channel(var name, var _) -> name;
      case ChunkSource.Input.Files files -> files.paths().stream().findFirst().orElse(Path.of(""));
    };
  }

  /// 0 where records have no size of their own.
  private long knownRecordBytes() {
    return source.records() instanceof Records.OfSize(long bytes) && bytes > 1 ? bytes : 0;
  }

  private ChunkFeed feed(Buffers buffers) throws Unsupported {
    return switch (source.input()) {
      case ChunkSource.Input.Channel(var name, var channel) ->
          sequential(name, ChannelFeed.of(name, channel), buffers, 0);
      case ChunkSource.Input.Files files -> new FilesInTurn(files.paths(), p -> file(p, buffers));
    };
  }

  /// Whole records where their size is known, so that cells begin with one.
  private static long cellBytes(ChunkSource source) {
    long chunkBytes = InputSize.chunkBytes(source.input(), source.sizes().chunkBytes());
    return source.records() instanceof Records.OfSize(long recordBytes)
        ? Math.ceilDiv(chunkBytes, recordBytes) * recordBytes
        : chunkBytes;
  }

  /// A record that fits into a chunk is never measured, so that whether it is allowed does not
  /// depend on where it lies.
  private long maxRecordBytes() {
    return Math.max(source.sizes().maxRecordBytes(), cellBytes);
  }

  /// Buffers for what is brought in before anybody asks; one where records are carried over.
  private int ahead() {
    return switch (engine) {
      case READ, MAPPED, AUTO -> 1;
      case IO_URING, DIRECT -> DEPTH;
    };
  }

  private ChunkFeed file(Path path, Buffers buffers) throws FileException {
    if (engine == StreamEngine.MAPPED) {
      return mapped(path);
    }
    OpenedFile file = Descriptors.open(runtime(), path);
    boolean done = false;
    try {
      ChunkFeed feed = reading(file, buffers);
      done = true;
      return feed;
    } finally {
      if (!done) {
        Descriptors.close(file);
      }
    }
  }

  /// A file of size 0 is either empty or does not tell, like those in `/proc`: so it is read to its
  /// end, as the first of its parts.
  private ChunkFeed reading(OpenedFile file, Buffers buffers) throws FileException {
    long size = file.size();
    ByteRange range = files().range();
    if (size == 0 && files().part() == 0) {
      var feed = FileFeed.ofUnknownSize(file, range.from(), range.to());
      return sequential(file.path(), feed, buffers, range.from());
    }
    if (source.records() instanceof Records.EndingWhere) {
      long to = Math.min(range.to(), size);
      long from = Math.min(range.from(), to);
      return sequential(file.path(), FileFeed.of(file, from, to), buffers, from);
    }
    return grid(blocks(file, size, buffers));
  }

  private BlockFile blocks(OpenedFile file, long size, Buffers buffers) throws FileException {
    return switch (engine) {
      case READ, MAPPED, AUTO -> BlockFile.reading(file, size, buffers);
      case IO_URING -> BlockFile.readingAhead(file, size, buffers, DEPTH);
      case DIRECT -> direct(file, size, buffers);
    };
  }

  private static BlockFile direct(OpenedFile file, long size, Buffers buffers)
      throws FileException {
    return switch (file.bypassCache()) {
      case AdviceResult.Applied _ -> BlockFile.direct(file, size, buffers, DEPTH);
      case AdviceResult.Unsupported(String reason) ->
          throw new Unsupported(
              FailureDetails.of(file.path(), "open", reason, "Use another engine, such as READ"));
    };
  }

  @SuppressWarnings("MustBeClosed") // with the feed
  private ChunkFeed mapped(Path path) throws FileException {
    MmapRegion region =
        runtime().openSync(path, OpenOptions.readOnly().withPrefault(Prefault.NONE));
    return grid(BlockFile.mapping(region, cellBytes));
  }

  private ChunkFeed grid(BlockFile file) {
    ByteRange range = files().range();
    long end = Math.min(range.to(), file.byteSize());
    Grid whole = Grid.over(Math.min(range.from(), end), end, cellBytes);
    List<Grid> parts = whole.split(files().parts());
    if (files().part() >= parts.size()) {
      return new GridChunks(file, new Grid(end, end, cellBytes, 0, 0), cutter(file.path()));
    }
    return new GridChunks(file, parts.get(files().part()), cutter(file.path()));
  }

  private CellCutter cutter(Path path) {
    return switch (source.records()) {
      case Records.DelimitedBy(byte delimiter) ->
          new DelimitedCutter(path, delimiter, maxRecordBytes());
      case Records.OfSize(long recordBytes) -> new SizedCutter(path, recordBytes);
      case Records.EndingWhere _ -> throw new AssertionError("read from the beginning");
    };
  }

  private ChunkFeed sequential(Path path, ByteFeed feed, Buffers buffers, long byteOffset) {
    var ends = new SequentialEnds(path, source.records());
    var sizes = new ChunkSource.Sizes(cellBytes, maxRecordBytes());
    return new SequentialChunks(path, feed, ends, buffers, sizes, byteOffset);
  }

  private ChunkSource.Input.Files files() {
    return files(source);
  }

  private static ChunkSource.Input.Files files(ChunkSource source) {
    return (ChunkSource.Input.Files) source.input();
  }

  private FileRuntime runtime() throws FileException {
    return engine == StreamEngine.IO_URING
        ? RingRuntime.of(source.memory().runtime())
        : source.memory().runtime();
  }
}
