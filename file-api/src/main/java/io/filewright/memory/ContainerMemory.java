package io.filewright.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// How much memory the machine and the control groups leave to a process, as Linux tells it.
///
/// A group's limit holds for all below it, so the smallest on the way up counts (cgroups(7)). The
/// path of a group in `/proc/self/cgroup` is relative to the root of its hierarchy; where that is
/// mounted, and which part of it, stands in `/proc/self/mountinfo`.
///
/// @param root where `/proc` and the mounts are looked for; another one than `/` in tests
record ContainerMemory(Path root) {

  /// What to assume where nothing can be read, which is not on Linux: four times the largest heap,
  /// as by default a heap takes a quarter of the machine.
  private static final long HEAPS = 4;

  /// Version 1 writes a huge number, rounded to pages, for "no limit".
  private static final long UNLIMITED_V1 = Long.MAX_VALUE - (1 << 20);

  private static final Pattern MEM_TOTAL = Pattern.compile("MemTotal:\\s+(\\d+) kB");

  /// Fields 4 and 5 of mountinfo, the type behind the dash, and the options at the end.
  private static final Pattern MOUNT =
      Pattern.compile("\\S+ \\S+ \\S+ (\\S+) (\\S+) .* - (\\S+) \\S+ (\\S+)");

  private record Mount(String root, String point, boolean isV2) {}

  static ContainerMemory ofThisProcess() {
    return new ContainerMemory(Path.of("/"));
  }

  /// Bytes that the process may use in all.
  long limitBytes() {
    return LongStream.concat(machine(), groups())
        .min()
        .orElse(HEAPS * Runtime.getRuntime().maxMemory());
  }

  private LongStream machine() {
    return lines("proc/meminfo").stream()
        .map(MEM_TOTAL::matcher)
        .filter(Matcher::find)
        .mapToLong(found -> Long.parseLong(found.group(1)) << 10);
  }

  private LongStream groups() {
    List<String> groups = lines("proc/self/cgroup");
    return mounts().flatMapToLong(mount -> limits(mount, groups));
  }

  private Stream<Mount> mounts() {
    return lines("proc/self/mountinfo").stream()
        .map(MOUNT::matcher)
        .filter(Matcher::matches)
        .filter(found -> isOfMemory(found.group(3), found.group(4)))
        .map(found -> new Mount(found.group(1), found.group(2), found.group(3).equals("cgroup2")));
  }

  private static boolean isOfMemory(String type, String options) {
    return switch (type) {
      case "cgroup2" -> true;
      case "cgroup" -> List.of(options.split(",")).contains("memory");
      default -> false;
    };
  }

  /// `0::/path` is of version 2, `4:cpu,memory:/path` of version 1.
  private LongStream limits(Mount mount, List<String> groups) {
    return groups.stream()
        .map(line -> line.split(":", 3))
        .filter(
            parts ->
                parts.length == 3
                    && (mount.isV2
                        ? parts[0].equals("0") && parts[1].isEmpty()
                        : List.of(parts[1].split(",")).contains("memory")))
        .flatMapToLong(parts -> upwards(mount, parts[2]));
  }

  private LongStream upwards(Mount mount, String group) {
    Path top = root.resolve(mount.point.substring(1));
    Path seen = Path.of(mount.root);
    Path own = Path.of(group);
    Path start = own.startsWith(seen) ? top.resolve(seen.relativize(own)).normalize() : top;
    String file = mount.isV2 ? "memory.max" : "memory.limit_in_bytes";
    return Stream.iterate(start, at -> at != null && at.startsWith(top), Path::getParent)
        .flatMapToLong(at -> limit(at.resolve(file)));
  }

  private LongStream limit(Path file) {
    return lines(root.relativize(file).toString()).stream()
        .filter(line -> !line.equals("max"))
        .mapToLong(Long::parseLong)
        .filter(bytes -> bytes < UNLIMITED_V1);
  }

  /// A file that cannot be read limits nothing.
  private List<String> lines(String file) {
    try {
      return Files.readAllLines(root.resolve(file));
    } catch (IOException _) {
      return List.of();
    }
  }
}
