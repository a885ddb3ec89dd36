package io.filewright.internal.ring;

import io.filewright.error.FileException;
import io.filewright.internal.map.NativeFile;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Which file systems never keep a short step (fstat, mmap, close) waiting for somebody else: those
/// of this machine. Files of all others stay with threads, as the loop must not hang with one.
final class Places {

  /// A file system without a disk of its own may be unmounted and leave its number to another one.
  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Map<Long, Long> localSince = new ConcurrentHashMap<>();

  /// Whether this was found out before.
  boolean isKnownAsLocal(long device) {
    Long since = localSince.get(device);
    return since != null && (hasDisk(device) || System.nanoTime() - since < TRUSTED_NANOS);
  }

  /// Asks the file system; may hang.
  boolean isLocal(NativeFile file, long device) throws FileException {
    boolean local =
        switch (file.fileSystem().kind()) {
          case LOCAL, MEMORY -> true;
          case NETWORK, USER_SPACE, PSEUDO, UNKNOWN -> false;
        };
    if (local) {
      localSince.put(device, System.nanoTime());
    }
    return local;
  }

  /// By its major number, which is 0 without a disk.
  private static boolean hasDisk(long device) {
    return (device >>> 8 & 0xFFF) != 0;
  }
}
