package io.filewright.internal.atomic;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// Names of temporaries: `.<name>.<process><random>.filewright`, the two in the middle eight
/// hexadecimal digits each.
///
/// Closing any descriptor of a file drops all locks that the process has on it, so a process must
/// not even look into a temporary of its own to see whether it is stale. It knows them by their
/// name, whichever class loader they come from.
final class TemporaryName {

  private static final int MAX_BYTES = 255;
  private static final int DIGITS = 8;
  private static final int HASH_BYTES = 8;
  private static final String SUFFIX = ".filewright";
  private static final Pattern PATTERN =
      Pattern.compile("\\..+\\.([0-9a-f]{8})[0-9a-f]{8}\\.filewright", Pattern.DOTALL);

  /// What is left for the target's own name.
  private static final int MAX_STEM_BYTES = MAX_BYTES - 2 - 2 * DIGITS - SUFFIX.length();

  private TemporaryName() {}

  /// A new name of a temporary of this process for a target.
  static String fresh(String targetName) {
    return prefix(targetName)
        + ThisProcess.ID
        + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt())
        + SUFFIX;
  }

  /// Whether a file of this name is a temporary.
  static boolean isTemporary(Path path) {
    return PATTERN.matcher(name(path)).matches();
  }

  /// Whether this temporary was made by this process.
  static boolean isOurs(Path temporary) {
    var name = PATTERN.matcher(name(temporary));
    return name.matches() && name.group(1).equals(ThisProcess.ID);
  }

  /// A name that leaves too little room is cut, and told from others by its hash.
  private static String prefix(String targetName) {
    if (targetName.getBytes(StandardCharsets.UTF_8).length <= MAX_STEM_BYTES) {
      return "." + targetName + ".";
    }
    String hash = "~" + hash(targetName);
    var cut = new StringBuilder();
    int room = MAX_STEM_BYTES - hash.length();
    for (int point : targetName.codePoints().toArray()) {
      String character = Character.toString(point);
      room -= character.getBytes(StandardCharsets.UTF_8).length;
      if (room < 0) {
        break;
      }
      cut.append(character);
    }
    return "." + cut + hash + ".";
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /// Found out when the first temporary is made, not before.
  private static final class ThisProcess {

    /// The number alone will not do: the first process of every container has the same.
    static final String ID = id(ProcessHandle.current());

    private static String id(ProcessHandle process) {
      Instant start = process.info().startInstant().orElse(Instant.EPOCH);
      long mixed =
          (process.pid() * 0x9E3779B97F4A7C15L) ^ (start.toEpochMilli() * 0xD6E8FEB86659FD93L);
      return HexFormat.of().toHexDigits((int) (mixed ^ mixed >>> 32));
    }
  }
}
