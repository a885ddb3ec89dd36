package io.filewright.internal.portable;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// The bytes of an open file, by one of the JDK's two ways to have them. Safe for any threads; no
/// interrupt disturbs a method, but those of [#channel].
sealed interface PortableBytes extends Closeable permits RandomAccessBytes, ChannelBytes {

  /// The most for one call: it goes through an array.
  int BUFFER_BYTES = 64 << 10;

  /// Where it was found, for what the JDK tells of paths only.
  Path location();

  long size() throws IOException;

  /// Reads up to [#BUFFER_BYTES]: how many, 0 at the end.
  int read(long byteOffset, MemorySegment target) throws IOException;

  /// Writes up to [#BUFFER_BYTES]: how many.
  int write(long byteOffset, MemorySegment source) throws IOException;

  /// Writes zeros behind the end, up to an offset. If that fails, the size is what it was.
  void appendZeros(long end) throws IOException;

  void resize(long byteSize) throws IOException;

  void sync() throws IOException;

  /// For mapping and locking; an interrupt closes it for everybody, so it is used on our own
  /// threads only.
  FileChannel channel();
}
