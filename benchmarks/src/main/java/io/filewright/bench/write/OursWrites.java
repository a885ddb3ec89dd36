package io.filewright.bench.write;

import io.filewright.AsyncFiles;
import io.filewright.OpenOptions;
import io.filewright.WritableRegion;
import io.filewright.error.FileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// By Filewright.
final class OursWrites {

  private OursWrites() {}

  static final class Write extends NewFile {
    @Override
    protected void write(Path path, long size, MemorySegment source) throws FileException {
      try (WritableRegion region = AsyncFiles.openSync(path, OpenOptions.createNew(size))) {
        for (long at = 0; at < size; at += source.byteSize()) {
          region.write(at, source);
        }
        region.force();
      }
    }
  }

  static final class Update extends NewFile {
    @Override
    protected void write(Path path, long size, MemorySegment source) throws FileException {
      try (WritableRegion region = AsyncFiles.openSync(path, OpenOptions.createNew(size))) {
        region.update(
            memory -> {
              for (long at = 0; at < size; at += source.byteSize()) {
                MemorySegment.copy(source, 0, memory, at, source.byteSize());
              }
              return size;
            });
        region.force();
      }
    }
  }

  static final class Force extends Forcing {
    private @Nullable WritableRegion region;

    @Override
    void open(Path path, long byteSize) throws FileException {
      region = AsyncFiles.openSync(path, OpenOptions.create(byteSize));
    }

    @Override
    void dirty(long byteOffset, byte value) throws FileException {
      if (region != null) {
        region.fill(byteOffset, byteOffset + PIECE_BYTES, value);
      }
    }

    @Override
    void force(long byteOffset) throws FileException {
      if (region != null) {
        region.force(byteOffset, byteOffset + PIECE_BYTES);
      }
    }

    @Override
    public void close() throws IOException {
      if (region != null) {
        region.close();
      }
    }
  }
}
