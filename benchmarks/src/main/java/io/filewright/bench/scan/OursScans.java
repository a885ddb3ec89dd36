package io.filewright.bench.scan;

import io.filewright.Access;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.bench.Arguments;
import io.filewright.bench.kit.ChannelPass;
import io.filewright.bench.kit.FilePass;
import io.filewright.bench.kit.Ours;
import io.filewright.bench.kit.Sums;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Ours. Each way is a class, and so a process, of its own: the compiler's profiles stay clean.
final class OursScans {

  /// What stands in no file of the benchmarks.
  static final String NEEDLE = "\u0001needle";

  static final int READ_BYTES = ChannelPass.BUFFER_BYTES;

  private OursScans() {}

  /// What all have: a region that is in memory.
  abstract static class Base extends FilePass {
    private @Nullable MmapRegion region;

    @Override
    protected final void begin(Path file, Arguments arguments) throws Exception {
      var options = OpenOptions.readOnly().withPrefault(Prefault.ALL);
      region = Ours.runtime(arguments).openSync(file, options);
    }

    final MmapRegion region() {
      if (region == null) {
        throw new IllegalStateException("not prepared");
      }
      return region;
    }

    @Override
    protected final void end() {
      region().close();
    }
  }

  /// A plain loop inside `apply`.
  static final class Apply extends Base {
    @Override
    protected long pass(Path file) throws IOException {
      return region().apply(Sums::of);
    }
  }

  /// A plain loop inside `access`.
  static final class Lease extends Base {
    @Override
    protected long pass(Path file) throws IOException {
      try (Access access = region().access()) {
        long sum = Sums.of(access.segment());
        access.verify();
        return sum;
      }
    }
  }

  /// A plain loop over single bytes inside `apply`.
  static final class ApplyBytes extends Base {
    @Override
    protected long pass(Path file) throws IOException {
      return region().apply(Sums::ofBytes);
    }
  }

  /// Guarded reads into one buffer, and a plain loop over it.
  static final class Read extends Base {
    private final MemorySegment buffer = Arena.global().allocate(READ_BYTES, 4096);

    @Override
    protected long pass(Path file) throws IOException {
      long sum = 0;
      for (long at = 0; at < region().byteSize(); ) {
        long count = region().read(at, buffer);
        sum += Sums.of(buffer.asSlice(0, count));
        at += count;
      }
      return sum;
    }
  }

  /// `lines()`: characters are counted.
  static final class Lines extends Base {
    @Override
    protected long pass(Path file) {
      try (var lines = region().lines()) {
        return lines.mapToLong(String::length).sum();
      }
    }
  }

  /// `indexOf` of something that is not there.
  static final class IndexOf extends Base {
    private final byte[] needle = NEEDLE.getBytes(StandardCharsets.US_ASCII);

    @Override
    protected long pass(Path file) throws IOException {
      return region().indexOf(needle, 0);
    }
  }

  /// `checksum` with CRC-32C.
  static final class Checksums extends Base {
    @Override
    protected long pass(Path file) throws IOException {
      return region().checksum(new CRC32C());
    }
  }
}
