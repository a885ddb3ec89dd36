package io.filewright.faults;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.memory.MemoryBudget;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/// Reads a file whose device fails from some byte on, in each of the protected ways. A loop over a
/// good file runs first, until the JIT compiler of the day has compiled it.
///
/// Arguments: a good file, a bad one, from which byte on it is bad, how long both are, and how many
/// times to warm up.
final class BadPageProgram {

  private static final int PAGE = 4096;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final OpenOptions<MmapRegion> MAPPED =
      OpenOptions.readOnly().withPrefault(Prefault.NONE);

  private final FileRuntime runtime;
  private final Path bad;
  private final long badFrom;
  private final int byteSize;

  private BadPageProgram(FileRuntime runtime, Path bad, long badFrom, int byteSize) {
    this.runtime = runtime;
    this.bad = bad;
    this.badFrom = badFrom;
    this.byteSize = byteSize;
  }

  public static void main(String[] arguments) throws Exception {
    Path good = Path.of(arguments[0]);
    Path bad = Path.of(arguments[1]);
    int byteSize = Integer.parseInt(arguments[3]);
    int warmUps = Integer.parseInt(arguments[4]);
    var journal = new Journal();
    var budget = MemoryBudget.ofBytes(64L << 20);
    try (var runtime = FileRuntime.builder().budget(budget).build()) {
      var program = new BadPageProgram(runtime, bad, Long.parseLong(arguments[2]), byteSize);
      journal.attempt("good", () -> program.warmUp(good, warmUps));
      program.run(journal);
      journal.fact("faults", runtime.stats().faults());
      journal.leaks(runtime, budget.usedBytes(), List.of(good, bad));
    }
  }

  private String warmUp(Path good, int times) throws Exception {
    long expected = Content.sum(byteSize);
    try (MmapRegion region = runtime.openSync(good, MAPPED)) {
      for (int i = 0; i < times; i++) {
        if (region.apply(Content::sum) != expected) {
          throw new AssertionError("junk");
        }
      }
    }
    return "";
  }

  private void run(Journal journal) throws Exception {
    try (MmapRegion region = runtime.openSync(bad, MAPPED)) {
      journal.attempt("before.read", () -> part(region, badFrom - PAGE));
      journal.attempt("apply", () -> "" + region.apply(Content::sum));
      journal.attempt("read", () -> part(region, badFrom));
      journal.attempt("read.across", () -> part(region, badFrom - PAGE / 2));
      journal.attempt("readAsync", () -> readAsync(region));
      journal.attempt("asString", () -> "" + region.asString().length());
      journal.attempt("checksum", () -> "" + region.checksum(new CRC32()));
      journal.attempt("prefetch", () -> prefetch(region));
      journal.attempt("apply.again", () -> "" + region.apply(Content::sum));
    }
    journal.attempt("openSync.all", this::openSync);
    journal.attempt("open.all", this::open);
  }

  private static String part(MmapRegion region, long byteOffset) throws Exception {
    var bytes = MemorySegment.ofArray(new byte[PAGE]);
    var _ = region.read(byteOffset, bytes);
    Content.check(bytes, byteOffset);
    return "";
  }

  private String readAsync(MmapRegion region) throws Exception {
    var bytes = MemorySegment.ofArray(new byte[PAGE]);
    return "" + region.readAsync(badFrom, bytes).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private String prefetch(MmapRegion region) throws Exception {
    region.prefetch(0, byteSize).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return "";
  }

  private String openSync() throws Exception {
    try (var region = runtime.openSync(bad, MAPPED.withPrefault(Prefault.ALL))) {
      return region.toString();
    }
  }

  private String open() throws Exception {
    try (var handle = runtime.open(bad, MAPPED.withPrefault(Prefault.ALL))) {
      return handle.await(PATIENCE).toString();
    }
  }
}
