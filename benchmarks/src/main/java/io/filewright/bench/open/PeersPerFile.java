package io.filewright.bench.open;

import io.filewright.bench.Arguments;
import io.filewright.bench.kit.Unmapping;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.openhft.chronicle.bytes.MappedBytes;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NoLockFactory;

/// What people use from libraries.
final class PeersPerFile {

  /// An Agrona buffer has an `int` for its size.
  private static final long WINDOW = 1L << 30;

  /// Agrona reaches for the JDK's own Unsafe.
  static final String[] AGRONA_FLAGS = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"};

  /// Chronicle reaches for much, and would like to phone home.
  static final String[] CHRONICLE_FLAGS = {
    "--sun-misc-unsafe-memory-access=allow",
    "-Dchronicle.analytics.disable=true",
    "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
    "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util=ALL-UNNAMED"
  };

  private PeersPerFile() {}

  /// Lucene's `MMapDirectory`.
  static final class Lucene extends PerFile {
    @Override
    long sumOf(Path file) throws IOException {
      Path folder = file.toAbsolutePath().getParent();
      try (var directory = new MMapDirectory(folder, NoLockFactory.INSTANCE);
          var input = directory.openInput(file.getFileName().toString(), IOContext.DEFAULT)) {
        long size = input.length();
        long words = size & -8;
        long sum = 0;
        for (long i = 0; i < words; i += 8) {
          sum += input.readLong();
        }
        for (long i = words; i < size; i++) {
          sum += input.readByte() & 0xff;
        }
        return sum;
      }
    }
  }

  /// Chronicle-Bytes' `MappedBytes`.
  static final class Chronicle extends PerFile {
    private Arguments told = new Arguments(Map.of());

    @Override
    void begin(Arguments arguments) {
      told = arguments;
    }

    @Override
    long sumOf(Path file) throws IOException {
      MappedBytes bytes = MappedBytes.readOnly(file.toFile());
      try {
        long size = Files.size(file);
        long words = size & -8;
        long sum = 0;
        for (long i = 0; i < words; i += 8) {
          sum += bytes.readLong(i);
        }
        for (long i = words; i < size; i++) {
          sum += bytes.readUnsignedByte(i);
        }
        return sum;
      } finally {
        bytes.releaseLast();
      }
    }

    @Override
    public void settle() throws InterruptedException {
      Unmapping.await(told); // it unmaps on a thread of its own
    }
  }

  /// Agrona's `UnsafeBuffer` over `IoUtil`'s mapping.
  static final class Agrona extends PerFile {
    @Override
    long sumOf(Path file) throws IOException {
      long size = Files.size(file);
      long sum = 0;
      for (long at = 0; at < size; at += WINDOW) {
        int length = (int) Math.min(WINDOW, size - at);
        MappedByteBuffer mapped =
            IoUtil.mapExistingFile(file.toFile(), MapMode.READ_ONLY, "bench", at, length);
        try {
          sum += sum(new UnsafeBuffer(mapped), length);
        } finally {
          IoUtil.unmap(mapped);
        }
      }
      return sum;
    }

    private static long sum(UnsafeBuffer buffer, int length) {
      int words = length & -8;
      long sum = 0;
      for (int i = 0; i < words; i += 8) {
        sum += buffer.getLong(i);
      }
      for (int i = words; i < length; i++) {
        sum += buffer.getByte(i) & 0xff;
      }
      return sum;
    }
  }
}
