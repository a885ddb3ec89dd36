package io.filewright.faults;

import static io.filewright.faults.SmallFileOperations.check;

import io.filewright.FileRuntime;
import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/// What can be done with a file that is mapped. Each operation opens it anew.
final class LargeFileOperations {

  /// More than one chunk of the loader, and not a whole number of pages.
  static final int BYTES = (5 << 20) + 123;

  private static final int PART = 300_000;
  private static final int LOCKED_BYTES = 64 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final OpenOptions<MmapRegion> NOTHING =
      OpenOptions.readOnly().withPrefault(Prefault.NONE);
  private static final OpenOptions<MmapRegion> EVERYTHING =
      OpenOptions.readOnly().withPrefault(Prefault.ALL);

  private final FileRuntime runtime;
  private final Path file;

  LargeFileOperations(FileRuntime runtime, Path file) {
    this.runtime = runtime;
    this.file = file;
  }

  Map<String, Journal.Operation> all() {
    var all = new LinkedHashMap<String, Journal.Operation>();
    all.put("large.openSync.none", () -> openSync(NOTHING));
    all.put("large.openSync.all", () -> openSync(EVERYTHING));
    all.put("large.open.none", () -> open(NOTHING));
    all.put("large.open.all", () -> open(EVERYTHING));
    all.put("large.open.random", () -> open(EVERYTHING.withAdvice(MmapAdvice.RANDOM)));
    all.put("large.cancel", this::cancel);
    all.put("large.read", this::read);
    all.put("large.read.virtual", this::readOnVirtualThread);
    all.put("large.readAsync", this::readAsync);
    all.put("large.asString", this::asString);
    all.put("large.checksum", this::checksum);
    all.put("large.apply", this::apply);
    all.put("large.residency", this::residency);
    all.put("large.advise", this::advise);
    all.put("large.prefetch", this::prefetch);
    all.put("large.slice", this::slice);
    all.put("large.lock", this::lock);
    return all;
  }

  private MmapRegion region() throws Exception {
    return runtime.openSync(file, NOTHING);
  }

  private String openSync(OpenOptions<MmapRegion> options) throws Exception {
    try (MmapRegion region = runtime.openSync(file, options)) {
      check(region.byteSize() == BYTES, region);
      return region.backing().name();
    }
  }

  private String open(OpenOptions<MmapRegion> options) throws Exception {
    var handle = runtime.open(file, options);
    try {
      return handle.await(PATIENCE).backing().name();
    } finally {
      handle.closeAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /// However the race ends, nothing may be held afterwards.
  private String cancel() throws Exception {
    var handle = runtime.open(file, EVERYTHING);
    boolean cancelled = handle.cancel();
    handle.closeAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return "cancelled: " + cancelled;
  }

  private String read() throws Exception {
    try (MmapRegion region = region()) {
      var bytes = MemorySegment.ofArray(new byte[PART]);
      check(region.read(1_000_000, bytes) == PART, region);
      Content.check(bytes, 1_000_000);
      return "";
    }
  }

  private String readOnVirtualThread() throws Exception {
    var task = new FutureTask<>(this::read);
    Thread.ofVirtual().start(task);
    return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private String readAsync() throws Exception {
    try (MmapRegion region = region();
        Arena arena = Arena.ofShared()) {
      var bytes = arena.allocate(PART);
      long count = region.readAsync(2_000_000, bytes).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      check(count == PART, region);
      Content.check(bytes, 2_000_000);
      return "";
    }
  }

  private String asString() throws Exception {
    try (MmapRegion region = region()) {
      check(region.asString(0, PART).length() == PART, region);
      return "";
    }
  }

  private String checksum() throws Exception {
    var expected = new CRC32();
    expected.update(Content.bytes(0, BYTES));
    try (MmapRegion region = region()) {
      check(region.checksum(new CRC32()) == expected.getValue(), region);
      return "";
    }
  }

  private String apply() throws Exception {
    try (MmapRegion region = region()) {
      check(region.apply(Content::sum) == Content.sum(BYTES), region);
      return "";
    }
  }

  /// The end is evicted and the beginning read, so that the kernel has to be asked page by page.
  private String residency() throws Exception {
    try (MmapRegion region = region()) {
      var _ = region.advise(MmapAdvice.EVICT, BYTES / 2, BYTES);
      var _ = region.read(0, MemorySegment.ofArray(new byte[PART]));
      return region.residency().toString();
    }
  }

  private String advise() throws Exception {
    try (MmapRegion region = region()) {
      return region.advise(MmapAdvice.SEQUENTIAL).toString();
    }
  }

  private String prefetch() throws Exception {
    try (MmapRegion region = region()) {
      region.prefetch(1 << 20, BYTES).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return "";
    }
  }

  private String slice() throws Exception {
    MmapRegion region = region();
    try (region;
        MmapRegion slice = region.slice(PART, 2 * PART)) {
      region.close();
      Content.check(MemorySegment.ofArray(slice.toByteArray()), PART);
      return "";
    }
  }

  private String lock() throws Exception {
    var options = NOTHING.withRange(0, LOCKED_BYTES).withLockInMemory();
    try (MmapRegion region = runtime.openSync(file, options)) {
      return region.backing().name();
    }
  }
}
