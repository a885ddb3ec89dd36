package io.filewright.faults;

import io.filewright.FileRuntime;
import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.memory.MemoryBudget;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// Maps a file, runs a command that takes something away from under it, and reads on.
///
/// Arguments: the file, then the command.
final class VanishProgram {

  private static final int BYTES = LargeFileOperations.BYTES;
  private static final OpenOptions<MmapRegion> MAPPED =
      OpenOptions.readOnly().withPrefault(Prefault.NONE);

  private VanishProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    Object[] command = Arrays.stream(arguments).skip(1).toArray();
    var journal = new Journal();
    var budget = MemoryBudget.ofBytes(64L << 20);
    try (var runtime = FileRuntime.builder().budget(budget).build()) {
      try (MmapRegion region = runtime.openSync(file, MAPPED)) {
        journal.attempt("before", () -> checksum(region));
        journal.attempt("command", () -> Shell.run(command).orFail().output());
        journal.attempt("evict", () -> "" + region.advise(MmapAdvice.EVICT));
        journal.attempt("read", () -> read(region));
        journal.attempt("checksum", () -> checksum(region));
        journal.attempt("apply", () -> apply(region));
        journal.attempt("residency", () -> "" + region.residency());
        journal.attempt("populate", () -> "" + region.advise(MmapAdvice.POPULATE));
      }
      journal.attempt("openSync", () -> openSync(runtime, file));
      journal.leaks(runtime, budget.usedBytes(), List.of(file));
    }
  }

  private static String read(MmapRegion region) throws Exception {
    var bytes = MemorySegment.ofArray(new byte[100_000]);
    var _ = region.read(BYTES - 100_000, bytes);
    Content.check(bytes, BYTES - 100_000);
    return "";
  }

  private static String checksum(MmapRegion region) throws Exception {
    var expected = new CRC32();
    expected.update(Content.bytes(0, BYTES));
    if (region.checksum(new CRC32()) != expected.getValue()) {
      throw new AssertionError("junk");
    }
    return "";
  }

  private static String apply(MmapRegion region) throws Exception {
    if (region.apply(Content::sum) != Content.sum(BYTES)) {
      throw new AssertionError("junk");
    }
    return "";
  }

  private static String openSync(FileRuntime runtime, Path file) throws Exception {
    try (MmapRegion region = runtime.openSync(file, MAPPED)) {
      return region.toString();
    }
  }
}
