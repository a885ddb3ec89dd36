package io.filewright.faults;

import io.filewright.FileRuntime;
import io.filewright.Guard;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.DeviceFailed;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.error.Truncated;
import io.filewright.memory.MemoryBudget;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Deflater;

/// Hands raw memory to native and vectorised code while somebody truncates the file and writes it
/// anew, over and over: under a strong guard each pass gives what the bytes give, under the others
/// the process dies sooner or later.
///
/// Arguments: the file, the guard, the way or `all`, the number of passes, after how many seconds
/// to stop before that, and `thread` or `process` for who truncates.
final class StrongGuardProgram {

  private static final int PLAIN_BYTES = 5 * 4096 + 100;
  private static final int MOST_PASSES = 50;
  private static final long NANOS = 1_000_000_000;
  private static final long PAUSE_NANOS = 50_000;

  private final FileRuntime runtime;
  private final OpenOptions<MmapRegion> options;
  private final Path path;
  private final List<NativeWay> ways;
  private final byte[] content = content();
  private long passes;
  private long regions;
  private long refused;
  private long junk;

  private StrongGuardProgram(FileRuntime runtime, Guard guard, Path path, List<NativeWay> ways) {
    this.runtime = runtime;
    this.options = OpenOptions.readOnly().withGuard(guard).withPrefault(Prefault.NONE);
    this.path = path;
    this.ways = ways;
  }

  public static void main(String[] arguments) throws Exception {
    Path path = Path.of(arguments[0]);
    if (arguments.length == 1) {
      truncateForEver(path);
    }
    long most = Long.parseLong(arguments[3]);
    long deadline = System.nanoTime() + Long.parseLong(arguments[4]) * NANOS;
    List<NativeWay> ways =
        arguments[2].equals("all")
            ? List.of(NativeWay.values())
            : List.of(NativeWay.valueOf(arguments[2]));
    var journal = new Journal();
    rewrite(path, content());
    try (var runtime =
            FileRuntime.builder()
                .engine("populate")
                .budget(MemoryBudget.ofBytes(1L << 20))
                .build();
        var _ = truncator(path, arguments[5].equals("process"))) {
      var program = new StrongGuardProgram(runtime, Guard.valueOf(arguments[1]), path, ways);
      program.run(most, deadline);
      journal.fact("passes", program.passes);
      journal.fact("regions", program.regions);
      journal.fact("refused", program.refused);
      journal.fact("junk", program.junk);
      journal.fact("leaks", runtime.stats().leakedRegions());
      journal.fact("active", runtime.stats().activeRegions());
    }
    System.exit(0);
  }

  private static AutoCloseable truncator(Path path, boolean process) throws IOException {
    if (process) {
      var other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx32m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  StrongGuardProgram.class.getName(),
                  path.toString())
              .inheritIO()
              .start();
      return () -> other.destroyForcibly().waitFor();
    }
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                truncateForEver(path);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    return () -> {};
  }

  private static void truncateForEver(Path path) throws IOException {
    byte[] content = content();
    while (true) {
      rewrite(path, content);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /// Whoever gets a lease gets it while nobody writes, so it finds the file whole.
  private static void rewrite(Path path, byte[] content) throws IOException {
    try (var channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      LockSupport.parkNanos(PAUSE_NANOS);
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private void run(long most, long deadline) throws FileException {
    while (passes < most && System.nanoTime() - deadline < 0) {
      try (var region = runtime.openSync(path, options)) {
        regions++;
        use(region);
      } catch (InUse | Truncated _) {
        refused++;
        Thread.onSpinWait();
      } catch (DeviceFailed e) {
        // A fault that the JVM lived through, in a file that had its size again when it was asked.
        if (options.guard().isStrong()) {
          throw e;
        }
        refused++;
      }
    }
  }

  private void use(MmapRegion region) throws FileException {
    byte[] bytes =
        region.guard() == Guard.SNAPSHOT
            ? region.toByteArray()
            : Arrays.copyOf(content, (int) region.byteSize());
    MemorySegment expected = MemorySegment.ofArray(bytes);
    for (int i = 0; i < MOST_PASSES; i++) {
      NativeWay way = ways.get((int) (passes % ways.size()));
      long result = region.<Long>apply(memory -> way.of(memory, PLAIN_BYTES));
      passes++;
      if (result != way.of(expected, PLAIN_BYTES)) {
        junk++;
      }
    }
  }

  /// Bytes without a zero, then bytes that were deflated.
  private static byte[] content() {
    var content = new byte[PLAIN_BYTES + PLAIN_BYTES];
    for (int i = 0; i < PLAIN_BYTES; i++) {
      content[i] = (byte) (1 + (i * 31L) % 127);
    }
    var deflater = new Deflater(Deflater.NO_COMPRESSION);
    deflater.setInput(content, 0, PLAIN_BYTES);
    deflater.finish();
    int size = deflater.deflate(content, PLAIN_BYTES, PLAIN_BYTES);
    deflater.end();
    return Arrays.copyOf(content, PLAIN_BYTES + size);
  }
}
