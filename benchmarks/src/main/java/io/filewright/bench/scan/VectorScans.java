package io.filewright.bench.scan;

import io.filewright.Access;
import io.filewright.bench.kit.ChannelPass;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// The contenders that use the Vector API.
final class VectorScans {

  /// For their JVMs.
  static final String[] FLAGS = {"--add-modules=jdk.incubator.vector"};

  private VectorScans() {}

  /// Inside `apply`.
  static final class Apply extends OursScans.Base {
    @Override
    protected long pass(Path file) throws IOException {
      return region().apply(VectorSums::of);
    }
  }

  /// Inside `access`.
  static final class Lease extends OursScans.Base {
    @Override
    protected long pass(Path file) throws IOException {
      try (Access access = region().access()) {
        long sum = VectorSums.of(access.segment());
        access.verify();
        return sum;
      }
    }
  }

  /// Over `FileChannel.map`.
  static final class Segment extends JdkScans.Mapped {
    @Override
    protected long pass(Path file) {
      return VectorSums.of(segment);
    }
  }

  /// Over guarded reads into one buffer.
  static final class Read extends OursScans.Base {
    private final MemorySegment buffer = Arena.global().allocate(OursScans.READ_BYTES, 4096);

    @Override
    protected long pass(Path file) throws IOException {
      long sum = 0;
      for (long at = 0; at < region().byteSize(); ) {
        long count = region().read(at, buffer);
        sum += VectorSums.of(buffer.asSlice(0, count));
        at += count;
      }
      return sum;
    }
  }

  /// Over `FileChannel.read`.
  static final class ChannelRead extends ChannelPass {
    @Override
    protected long sum(int byteSize) {
      return VectorSums.of(memory.asSlice(0, byteSize));
    }
  }
}
