package io.filewright.faults;

import io.filewright.Backing;
import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/// What can be done with a file that is so small that it is copied. Each operation opens it anew.
final class SmallFileOperations {

  static final int BYTES = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FileRuntime runtime;
  private final Path file;

  SmallFileOperations(FileRuntime runtime, Path file) {
    this.runtime = runtime;
    this.file = file;
  }

  Map<String, Journal.Operation> all() {
    var all = new LinkedHashMap<String, Journal.Operation>();
    all.put("small.openSync", this::openSync);
    all.put("small.open", this::open);
    all.put("small.cancel", this::cancel);
    all.put("small.read", this::read);
    all.put("small.asString", this::asString);
    all.put("small.checksum", this::checksum);
    all.put("small.apply", this::apply);
    all.put("small.slice", this::slice);
    return all;
  }

  private MmapRegion region() throws Exception {
    return runtime.openSync(file, OpenOptions.readOnly());
  }

  private String openSync() throws Exception {
    try (MmapRegion region = region()) {
      check(region.backing() == Backing.COPIED && region.byteSize() == BYTES, region);
      return region.backing().name();
    }
  }

  private String open() throws Exception {
    var handle = runtime.open(file, OpenOptions.readOnly());
    try {
      var bytes = handle.await(PATIENCE).toByteArray();
      Content.check(MemorySegment.ofArray(bytes), 0);
      return handle.state().getClass().getSimpleName();
    } finally {
      handle.closeAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /// However the race ends, nothing may be held afterwards.
  private String cancel() throws Exception {
    var handle = runtime.open(file, OpenOptions.readOnly());
    boolean cancelled = handle.cancel();
    handle.closeAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return "cancelled: " + cancelled;
  }

  private String read() throws Exception {
    try (MmapRegion region = region()) {
      var bytes = MemorySegment.ofArray(new byte[100]);
      check(region.read(5_000, bytes) == 100, region);
      Content.check(bytes, 5_000);
      return "";
    }
  }

  private String asString() throws Exception {
    try (MmapRegion region = region()) {
      check(region.asString().length() == BYTES, region);
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

  private String slice() throws Exception {
    MmapRegion region = region();
    try (region;
        MmapRegion slice = region.slice(100, 200)) {
      region.close();
      Content.check(MemorySegment.ofArray(slice.toByteArray()), 100);
      return "";
    }
  }

  static void check(boolean expected, MmapRegion region) {
    if (!expected) {
      throw new AssertionError("not as expected: " + region);
    }
  }
}
