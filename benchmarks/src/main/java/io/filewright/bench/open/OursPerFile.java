package io.filewright.bench.open;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.bench.Arguments;
import io.filewright.bench.MissingException;
import io.filewright.bench.kit.Ours;
import io.filewright.bench.kit.Sums;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// Filewright, file by file. Each way is a class of its own: the profiles stay clean.
final class OursPerFile {

  private OursPerFile() {}

  /// What all have.
  abstract static class Base extends PerFile {
    FileRuntime runtime = FileRuntime.shared();
    OpenOptions<MmapRegion> options = OpenOptions.readOnly();
    MemorySegment buffer = MemorySegment.NULL;

    @Override
    void begin(Arguments arguments) throws MissingException {
      runtime = Ours.runtime(arguments);
      options = options.withPrefault(Prefault.valueOf(arguments.get("prefault", "AUTO")));
      buffer = Arena.global().allocate(bufferSize(), 64);
    }
  }

  /// `openSync`, a plain loop inside `apply`.
  static final class Apply extends Base {
    @Override
    long sumOf(Path file) throws IOException {
      try (MmapRegion region = runtime.openSync(file, options)) {
        return region.apply(Sums::of);
      }
    }
  }

  /// `open` and `await`, a plain loop inside `apply`.
  static final class Await extends Base {
    @Override
    long sumOf(Path file) throws IOException, InterruptedException {
      try (var handle = runtime.open(file, options)) {
        return handle.await().apply(Sums::of);
      }
    }
  }

  /// `openSync`, guarded reads into one buffer.
  static final class Read extends Base {
    @Override
    long sumOf(Path file) throws IOException {
      try (MmapRegion region = runtime.openSync(file, options)) {
        long sum = 0;
        for (long at = 0; at < region.byteSize(); ) {
          long count = region.read(at, buffer);
          sum += Sums.of(buffer.asSlice(0, count));
          at += count;
        }
        return sum;
      }
    }
  }
}
