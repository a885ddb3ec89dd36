package io.filewright.faults;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.error.Truncated;
import io.filewright.memory.MemoryBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One thread truncates files at random moments while another reads regions of them: each read
/// gives what was in the file, or [Truncated], never junk, and the process lives.
///
/// A round is a file that was whole and became shorter shortly before, during or shortly after the
/// read. It is restored only when the reader is done with it: nobody promises to see a truncation
/// that was undone before the check. Neither thread waits long for the other, so that the rounds
/// are not spent on waiting where processors are few.
///
/// Arguments: a folder, an engine, the number of rounds, and after how many seconds to stop before
/// that.
final class TruncationRaceProgram {

  private static final long SEED = 20_260_101;
  private static final int FILES = 7;

  /// The truncator waits for up to `2^n` turns of a loop, and each `n` below this is as likely.
  private static final int MOST_SPIN_BITS = 11;

  private static final long NANOS = 1_000_000_000;

  private final List<RaceFile> files;
  private final RaceReader reader;
  private volatile RaceFile current;
  private volatile boolean over;
  private int rounds;
  private int whole;
  private int truncated;

  private TruncationRaceProgram(List<RaceFile> files, RaceReader reader) {
    this.files = files;
    this.reader = reader;
    this.current = files.getFirst();
  }

  public static void main(String[] arguments) throws Exception {
    var files = new ArrayList<RaceFile>();
    for (int i = 0; i < FILES; i++) {
      files.add(new RaceFile(Path.of(arguments[0], "file" + i)));
    }
    int rounds = Integer.parseInt(arguments[2]);
    long nanos = Long.parseLong(arguments[3]) * NANOS;
    var journal = new Journal();
    var budget = MemoryBudget.ofBytes(1L << 20);
    try (var runtime = FileRuntime.builder().engine(arguments[1]).budget(budget).build()) {
      var program = new TruncationRaceProgram(files, new RaceReader(runtime));
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

  private String run(int atMost, long end) throws Exception {
    var truncator = new Thread(this::truncate, "truncator");
    truncator.setDaemon(true);
    truncator.start();
    var regions = new ArrayList<MmapRegion>();
    try {
      for (RaceFile file : files) {
        file.fill(reader.content());
        regions.add(reader.open(file.path()));
      }
      for (int i = 0; rounds < atMost && System.nanoTime() < end; i++) {
        RaceFile file = files.get(i % FILES);
        if (file.isFree()) {
          file.fill(reader.content());
          race(file, regions.get(i % FILES), i);
        }
      }
      return "";
    } finally {
      over = true;
      truncator.join();
      regions.forEach(MmapRegion::close);
    }
  }

  private void race(RaceFile file, MmapRegion region, int way) throws Exception {
    current = file;
    file.arm();
    boolean read;
    try {
      reader.read(region, way);
      read = true;
    } catch (Truncated _) {
      read = false;
    }
    if (file.disarm()) {
      return;
    }
    rounds++;
    if (read) {
      whole++;
    } else {
      truncated++;
    }
  }

  private void truncate() {
    var random = new SplittableRandom(SEED);
    try {
      while (!over) {
        int spins = random.nextInt(1 << random.nextInt(1, MOST_SPIN_BITS));
        if (!current.truncate(spins, random.nextInt(RaceReader.BYTES))) {
          Thread.onSpinWait();
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
