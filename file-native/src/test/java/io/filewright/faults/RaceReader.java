package io.filewright.faults;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FileException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32C;

/// Reads a file of known content in each of the protected ways, and fails if it gets junk.
final class RaceReader {

  /// Some pages and a part of one. Small, so that a JVM that only interprets gets through it, too.
  static final int BYTES = 2 * 4096 + 96;

  private static final int WAYS = 9;
  private static final OpenOptions<MmapRegion> MAPPED =
      OpenOptions.readOnly().withPrefault(Prefault.NONE);

  private final FileRuntime runtime;
  private final byte[] content = Content.bytes(0, BYTES);
  private final String text = new String(content, UTF_8);
  private final long sum = sum(MemorySegment.ofArray(content));
  private final long crc = crc();
  private final byte[] target = new byte[BYTES];

  RaceReader(FileRuntime runtime) {
    this.runtime = runtime;
  }

  byte[] content() {
    return content;
  }

  MmapRegion open(Path path) throws FileException {
    return runtime.openSync(path, MAPPED);
  }

  /// By the n-th way, counted round and round.
  void read(MmapRegion region, int way) throws FileException {
    switch (way % WAYS) {
      case 0 -> expect(region.apply(RaceReader::sum), sum);
      case 1 -> {
        expect(region.read(0, MemorySegment.ofArray(target)), BYTES);
        expect(Arrays.mismatch(target, content), -1);
      }
      case 2 -> expect(region.checksum(new CRC32C()), crc);
      case 3 -> expect(leased(region), sum);
      case 4 -> expect(region.asString().compareTo(text), 0);
      case 5 -> expect(region.indexOf(new byte[1], 0), -1);
      case 6 -> expect(lines(region), BYTES);
      case 7 -> prefetch(region);
      default -> {
        try (MmapRegion copy = runtime.openSync(region.path(), OpenOptions.readOnly())) {
          // It may have been opened when the file was shorter already.
          expect(sum(copy), sum(MemorySegment.ofArray(content).asSlice(0, copy.byteSize())));
        }
      }
    }
  }

  private static long sum(MmapRegion region) throws FileException {
    return region.apply(RaceReader::sum);
  }

  /// By a loop that the JIT compilers get to see.
  private static long sum(MemorySegment bytes) {
    long sum = 0;
    for (long at = 0; at <= bytes.byteSize() - Long.BYTES; at += Long.BYTES) {
      sum += bytes.get(JAVA_LONG_UNALIGNED, at);
    }
    return sum;
  }

  /// A fault in the raw memory of a lease is the JVM's own error, thrown anywhere between the
  /// access and `verify`; only `verify` knows what it means.
  private static long leased(MmapRegion region) throws FileException {
    try (var access = region.access()) {
      try {
        long seen = sum(access.segment());
        access.verify();
        return seen;
      } catch (InternalError e) {
        access.verify();
        throw e;
      }
    }
  }

  /// How many characters the lines have; the content is a single one, without an end.
  private static long lines(MmapRegion region) throws FileException {
    try (var lines = region.lines()) {
      return lines.mapToLong(line -> line.indexOf(0) < 0 ? line.length() : -1).sum();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof FileException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static void prefetch(MmapRegion region) throws FileException {
    try {
      region.prefetch(0, BYTES).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof FileException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static void expect(long seen, long expected) {
    if (seen != expected) {
      throw new AssertionError("junk: " + seen + " instead of " + expected);
    }
  }

  private long crc() {
    var crc32c = new CRC32C();
    crc32c.update(content);
    return crc32c.getValue();
  }
}
