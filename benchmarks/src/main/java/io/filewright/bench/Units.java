package io.filewright.bench;

import java.util.Locale;

/// Numbers for people.
public final class Units {

  private Units() {}

  /// A time in the unit that suits it.
  public static String time(double nanos) {
    if (nanos < 1e3) {
      return String.format(Locale.ROOT, "%.1f ns", nanos);
    } else if (nanos < 1e6) {
      return String.format(Locale.ROOT, "%.2f us", nanos / 1e3);
    } else if (nanos < 1e9) {
      return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
    return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
  }

  /// A size as 4 KiB, 1 GiB.
  public static String size(long bytes) {
    int unit = 0;
    long count = bytes;
    while (count >= 1024 && count % 1024 == 0 && unit < 3) {
      count /= 1024;
      unit++;
    }
    return count + new String[] {" B", " KiB", " MiB", " GiB"}[unit];
  }
}
