package io.filewright.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What Linux says about a process, below `/proc/PID`.
public record ProcStatus(String pid) {

  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on all Linux systems

  /// Of this process.
  public static final ProcStatus SELF = new ProcStatus("self");

  /// Anonymous memory that is resident, in KiB: heap, metaspace, stacks, malloc; no files.
  public long rssAnonKib() {
    return statusKib("RssAnon:");
  }

  /// The most that was ever resident, files included, in KiB.
  long peakRssKib() {
    return statusKib("VmHWM:");
  }

  /// User and system time so far, with that of children it waited for.
  double cpuSeconds() {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int i = 11; i < 15; i++) { // utime, stime, cutime, cstime
        ticks += Long.parseLong(fields[i]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException _) {
      return Double.NaN;
    }
  }

  /// Number of open descriptors.
  public long descriptors() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc", pid, "fd"))) {
      return entries.count();
    }
  }

  /// Number of mappings.
  public long mappings() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", pid, "maps"))) {
      return lines.count();
    }
  }

  /// Whether a file below this folder is mapped.
  public boolean maps(String folder) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", pid, "maps"))) {
      return lines.anyMatch(line -> line.contains(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long statusKib(String key) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", pid, "status"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException _) {
      return 0;
    }
  }
}
