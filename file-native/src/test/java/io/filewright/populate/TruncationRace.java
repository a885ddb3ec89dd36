package io.filewright.populate;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FileException;
import io.filewright.error.Truncated;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/// A program of its own: in each round one thread truncates a file while another one reads it in
/// one of the region's ways. The file never holds a zero, so a zero that is read is junk.
///
/// The file is restored only between two rounds: nobody can see a truncation that has been undone
/// before the check, and nobody promises to.
///
/// Ends with 0 if all results were right or typed; prints how many there were of each.
public final class TruncationRace {

  private static final int SIZE = 5 * 4096 + 100;
  private static final int WAYS = 6;

  private final byte[] content = content();
  private final long crc = crc(content);
  private final RandomAccessFile file;
  private final MmapRegion region;
  private final AtomicInteger round = new AtomicInteger();
  private final AtomicInteger truncated = new AtomicInteger();
  private int right;
  private int typed;
  private int junk;

  private TruncationRace(RandomAccessFile file, MmapRegion region) {
    this.file = file;
    this.region = region;
  }

  static void main(String[] arguments) throws Exception {
    Path path = Path.of(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    long deadline = System.nanoTime() + Integer.parseInt(arguments[2]) * 1_000_000_000L;
    Files.write(path, content());
    try (var runtime = FileRuntime.builder().engine("populate").build();
        var region = runtime.openSync(path, OpenOptions.readOnly().withPrefault(Prefault.NONE));
        var file = new RandomAccessFile(path.toFile(), "rw")) {
      var race = new TruncationRace(file, region);
      race.run(rounds, deadline);
      System.out.printf("right=%d typed=%d junk=%d%n", race.right, race.typed, race.junk);
      System.exit(race.junk == 0 ? 0 : 3);
    }
  }

  private void run(int rounds, long deadline) throws IOException {
    Thread.ofPlatform().daemon().start(() -> truncate(rounds));
    for (int i = 1; i <= rounds && System.nanoTime() - deadline < 0; i++) {
      round.setRelease(i);
      read(i % WAYS);
      awaitAtLeast(truncated, i);
      restore();
    }
  }

  /// Spins while the other thread runs, too, and sleeps when the machine has other work.
  private static void awaitAtLeast(AtomicInteger counter, int value) {
    for (int spins = 0; counter.getAcquire() < value; spins++) {
      if (spins < 2000) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(1000);
      }
    }
  }

  private void truncate(int rounds) {
    var random = new SplittableRandom(7);
    for (int i = 1; i <= rounds; i++) {
      awaitAtLeast(round, i);
      for (int wait = random.nextInt(1 << random.nextInt(1, 10)); wait > 0; wait--) {
        Thread.onSpinWait();
      }
      try {
        file.setLength(random.nextInt(SIZE));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      truncated.setRelease(i);
    }
  }

  private void restore() throws IOException {
    int left = (int) file.length();
    file.seek(left);
    file.write(content, left, SIZE - left);
  }

  private void read(int way) {
    try {
      if (isRight(way)) {
        right++;
      } else {
        junk++;
        System.out.println("junk from way " + way);
      }
    } catch (Truncated _) {
      typed++;
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof Truncated)) {
        throw e;
      }
      typed++;
    } catch (FileException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isRight(int way) throws FileException {
    return switch (way) {
      case 0 -> {
        var target = new byte[SIZE];
        region.read(0, MemorySegment.ofArray(target));
        yield Arrays.equals(target, content);
      }
      case 1 -> region.apply(TruncationRace::zeros) == 0;
      case 2 -> region.checksum(new CRC32C()) == crc;
      case 3 -> region.indexOf(new byte[1], 0) == -1;
      case 4 -> region.asString().equals(new String(content, UTF_8));
      default -> {
        try (var lines = region.lines()) {
          yield lines.mapToInt(line -> line.indexOf(0) < 0 ? line.length() + 1 : SIZE).sum()
              == SIZE;
        }
      }
    };
  }

  private static int zeros(MemorySegment memory) {
    int zeros = 0;
    for (long at = 0; at < memory.byteSize(); at++) {
      zeros += memory.get(JAVA_BYTE, at) == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static byte[] content() {
    var content = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      content[i] = (byte) (i % 97 == 96 || i == SIZE - 1 ? '\n' : 'Z');
    }
    return content;
  }

  private static long crc(byte[] content) {
    var crc = new CRC32C();
    crc.update(content);
    return crc.getValue();
  }
}
