package io.filewright.internal.map;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Reserves space where the file system has no call for it (NFS before 4.2, some FUSE file
/// systems): what is new is written as zeros; what is there must have its space already.
final class Zeros {

  private static final long BLOCK_BYTES = 256 << 10;

  private final NativeFile file;

  Zeros(NativeFile file) {
    this.file = file;
  }

  void allocate(long byteOffset, long byteSize) throws FileException {
    if (file.isSparse()) {
      throw new Unsupported(
          FailureDetails.of(
                  file.path(),
                  "allocate",
                  "the file has holes, and its file system cannot fill them ahead",
                  "Copy the file (cp --sparse=never), or write it anew by AtomicFile")
              .withRange(byteOffset, byteSize));
    }
    long end = byteOffset + byteSize;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment zeros = arena.allocate(BLOCK_BYTES);
      for (long at = file.size(); at < end; ) {
        at += file.write(at, zeros.asSlice(0, Math.min(end - at, BLOCK_BYTES)));
      }
    }
  }
}
