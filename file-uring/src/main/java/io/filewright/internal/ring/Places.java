package io.filewright.internal.ring;

import io.filewright.error.FileException;
import io.filewright.internal.map.NativeFile;
import io.filewright.internal.os.Statx;
import io.filewright.spi.FileSystemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Which file systems never keep a short step (fstat, mmap, close) waiting for somebody else: those
/// of this machine. Files of all others stay with threads, as the loop must not hang with one.
final class Places {

  /// A file system may be unmounted and leave its number to another one.
  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(10);

  /// What the kernel says about mounts, without asking any of them; see proc(5).
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  private static final int DEVICE_FIELD = 2;

  private final Map<Long, Long> localSince = new ConcurrentHashMap<>();
  private boolean asked;
  private long askedAt;

  /// Whether this is known, or can be found out without waiting. Called on the loop's thread.
  boolean isKnownAsLocal(long device) {
    return isTrusted(device) || (asksMounts() && isTrusted(device));
  }

  /// Asks the file system; may hang.
  boolean isLocal(NativeFile file, long device) throws FileException {
    boolean local = isLocal(file.fileSystem());
    if (local) {
      localSince.put(device, System.nanoTime());
    }
    return local;
  }

  private boolean isTrusted(long device) {
    Long since = localSince.get(device);
    return since != null && System.nanoTime() - since < TRUSTED_NANOS;
  }

  /// At most once in that time.
  private boolean asksMounts() {
    long now = System.nanoTime();
    if (asked && now - askedAt < TRUSTED_NANOS) {
      return false;
    }
    asked = true;
    askedAt = now;
    try {
      for (String line : Files.readAllLines(MOUNTS)) {
        note(line, now);
      }
    } catch (IOException | RuntimeException _) {
      return false; // the file systems themselves are asked, then
    }
    return true;
  }

  /// ```
  ///   36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
  /// ```
  private void note(String line, long now) {
    String[] device = line.split(" ", -1)[DEVICE_FIELD].split(":", -1);
    String behind = line.substring(line.indexOf(" - ") + " - ".length());
    if (isLocal(FileSystemType.named(behind.substring(0, behind.indexOf(' '))))) {
      localSince.put(Statx.device(Long.parseLong(device[0]), Long.parseLong(device[1])), now);
    }
  }

  private static boolean isLocal(FileSystemType type) {
    return switch (type.kind()) {
      case LOCAL, MEMORY -> true;
      case NETWORK, USER_SPACE, PSEUDO, UNKNOWN -> false;
    };
  }
}
