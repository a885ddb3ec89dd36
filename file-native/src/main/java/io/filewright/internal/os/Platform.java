package io.filewright.internal.os;

import java.util.Locale;

/// The operating system that this process runs on, as far as this module can serve it.
public sealed interface Platform {

  /// It can.
  record Supported(Os os) implements Platform {}

  /// It cannot.
  ///
  /// @param reason why, as a clause without its stop
  record Unsupported(String reason) implements Platform {}

  /// Looks at the system once; the answer stays.
  static Platform current() {
    return Holder.CURRENT;
  }

  /// Keeps the answer.
  final class Holder {
    private static final Platform CURRENT = find();

    private Holder() {}

    private static Platform find() {
      String name = System.getProperty("os.name", "");
      String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
      if (!name.equals("Linux") || !(arch.equals("amd64") || arch.equals("aarch64"))) {
        return new Unsupported(
            "it needs Linux on x86-64 or aarch64, and this is " + name + " on " + arch);
      }
      try {
        return LinuxOs.create();
      } catch (RuntimeException | LinkageError e) {
        return new Unsupported("the system's C library cannot be called: " + e);
      }
    }
  }
}
