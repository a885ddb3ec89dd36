package io.filewright.faults;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FileException;
import io.filewright.error.Truncated;
import io.filewright.memory.MemoryBudget;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/// One thread truncates files at random moments while another reads regions of them: each read
/// gives what was in the file, or [Truncated], never junk, and the process lives.
///
/// Neither thread waits for the other, so that the rounds are not spent on waiting where processors
/// are few: a file that the truncator still holds is left out.
///
/// Arguments: a folder, the number of rounds, and after how many seconds to stop before that.
final class TruncationRaceProgram {

  private static final long SEED = 20_260_101;
  private static final int FILES = 8;
  private static final int BYTES = 24 << 10;
  private static final int MOST_SPINS = 200;
  private static final long NANOS = 1_000_000_000;
  private static final OpenOptions<MmapRegion> MAPPED =
      OpenOptions.readOnly().withPrefault(Prefault.NONE);
  private static final OpenOptions<MmapRegion> COPIED =
      OpenOptions.readOnly().withRange(0, BYTES / 2);

  private final FileRuntime runtime;
  private final List<RaceFile> files;
  private final byte[] content = Content.bytes(0, BYTES);
  private final long sum = Content.sum(BYTES);
  private final long crc = crc();
  private final byte[] target = new byte[BYTES];
  private volatile RaceFile current;
  private volatile boolean over;
  private int rounds;
  private long whole;
  private long truncated;

  private TruncationRaceProgram(FileRuntime runtime, List<RaceFile> files) {
    this.runtime = runtime;
    this.files = files;
    this.current = files.getFirst();
  }

  public static void main(String[] arguments) throws Exception {
    var files = new ArrayList<RaceFile>();
    for (int i = 0; i < FILES; i++) {
      files.add(new RaceFile(Path.of(arguments[0], "file" + i)));
    }
    int rounds = Integer.parseInt(arguments[1]);
    long nanos = Long.parseLong(arguments[2]) * NANOS;
    var journal = new Journal();
    var budget = MemoryBudget.ofBytes(1L << 20);
    try (var runtime = FileRuntime.builder().budget(budget).build()) {
      var program = new TruncationRaceProgram(runtime, files);
      journal.attempt("race", () -> program.run(rounds, System.nanoTime() + nanos));
      journal.fact("rounds", program.rounds);
      journal.fact("whole", program.whole);
      journal.fact("truncated", program.truncated);
      for (RaceFile file : files) {
        file.close();
      }
      journal.leaks(runtime, budget.usedBytes(), files.stream().map(RaceFile::path).toList());
    }
  }

  private String run(int atMost, long end) throws IOException, InterruptedException {
    var truncator = new Thread(this::truncate, "truncator");
    truncator.setDaemon(true);
    truncator.start();
    try {
      for (int i = 0; rounds < atMost && System.nanoTime() < end; i++) {
        RaceFile file = files.get(i % FILES);
        if (file.isFree()) {
          file.fill(content);
          race(file);
          rounds++;
        }
      }
      return "";
    } finally {
      over = true;
      truncator.join();
    }
  }

  private void race(RaceFile file) throws FileException {
    try (MmapRegion region = runtime.openSync(file.path(), MAPPED)) {
      current = file;
      file.arm();
      read(file, region);
      whole++;
    } catch (Truncated _) {
      truncated++;
    } finally {
      file.disarm();
    }
  }

  /// By each of the protected ways in turn.
  private void read(RaceFile file, MmapRegion region) throws FileException {
    switch (rounds % 5) {
      case 0 -> expect(region.apply(Content::sum), sum);
      case 1 -> {
        expect(region.read(0, MemorySegment.ofArray(target)), BYTES);
        expect(Arrays.mismatch(target, content), -1);
      }
      case 2 -> expect(region.checksum(new CRC32()), crc);
      case 3 -> expect(leased(region), sum);
      default -> {
        try (MmapRegion copy = runtime.openSync(file.path(), COPIED)) {
          var bytes = MemorySegment.ofArray(content);
          expect(copy.apply(s -> s.mismatch(bytes.asSlice(0, s.byteSize()))), -1);
        }
      }
    }
  }

  /// A fault in the raw memory of a lease is the JVM's own error, thrown anywhere between the
  /// access and `verify`; only `verify` knows what it means.
  private static long leased(MmapRegion region) throws FileException {
    try (var access = region.access()) {
      try {
        long seen = Content.sum(access.segment());
        access.verify();
        return seen;
      } catch (InternalError e) {
        access.verify();
        throw e;
      }
    }
  }

  private static void expect(long seen, long expected) {
    if (seen != expected) {
      throw new AssertionError("junk: " + seen + " instead of " + expected);
    }
  }

  private void truncate() {
    var random = new SplittableRandom(SEED);
    try {
      while (!over) {
        if (!current.truncate(random.nextInt(MOST_SPINS), random.nextInt(BYTES))) {
          Thread.onSpinWait();
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private long crc() {
    var crc32 = new CRC32();
    crc32.update(content);
    return crc32.getValue();
  }
}
