package io.filewright.internal.blocks;

import io.filewright.spi.OpenedFile;
import java.nio.file.Path;

/// A file that is read into buffers.
abstract sealed class BufferedFile implements BlockFile permits PositionalFile, AheadFile {

  final OpenedFile file;
  final Buffers buffers;
  private final long byteSize;

  /// @param file closed with this
  BufferedFile(OpenedFile file, long byteSize, Buffers buffers) {
    this.file = file;
    this.byteSize = byteSize;
    this.buffers = buffers;
  }

  @Override
  public final Path path() {
    return file.path();
  }

  @Override
  public final long byteSize() {
    return byteSize;
  }

  @Override
  public final void close() {
    Descriptors.close(file);
  }
}
