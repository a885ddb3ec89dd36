package io.filewright.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A program of its own that locks a file by the JDK's means, says whether it got the lock, and
/// holds it until its input ends.
final class LockProgram {

  private LockProgram() {}

  public static void main(String[] arguments) throws IOException {
    boolean shared = Boolean.parseBoolean(arguments[1]);
    var option = shared ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (var channel = FileChannel.open(Path.of(arguments[0]), option);
        var lock = channel.tryLock(0, Long.MAX_VALUE, shared)) {
      System.out.println(lock == null ? "refused" : "locked");
      while (System.in.read() >= 0) {
        // Holds it.
      }
    }
  }
}
