package io.filewright.bench.kit;

import io.filewright.bench.MissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A control group (cgroups(7), version 1 or 2) that holds this process: what it reads from now on,
/// page cache included, has to fit into its memory, and comes as slowly as from its disk. What it
/// had before counts where it was.
public final class ControlGroup implements AutoCloseable {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String NAME = "filewright-bench-";
  private static final String MEMBERS = "cgroup.procs";

  private final Set<Path> folders;

  private ControlGroup(Set<Path> folders) {
    this.folders = folders;
  }

  /// A limit, as the two versions have it.
  private record Limit(String folderOne, String fileOne, String valueOne, Two two) {

    /// As version 2 has it.
    record Two(String controller, String file, String value) {}
  }

  /// A setting of a group.
  private record Setting(Path group, String file, String value) {}

  /// Makes a group and moves this process into it.
  ///
  /// @param memoryBytes what it may use
  /// @param readBytesPerSecond how fast the disk gives; 0 if as fast as it can
  /// @param file on that disk
  /// @throws MissingException if there can be no such group here
  public static ControlGroup join(long memoryBytes, long readBytesPerSecond, Path file)
      throws IOException, MissingException {
    var limits = new ArrayList<>(List.of(memory(memoryBytes)));
    if (readBytesPerSecond > 0) {
      limits.add(reads(device(file), readBytesPerSecond));
    }
    return join(ROOT, limits);
  }

  /// For tests: below folders that look like the kernel's.
  static ControlGroup join(Path root, long memoryBytes, long readBytesPerSecond, String device)
      throws IOException, MissingException {
    return join(root, List.of(memory(memoryBytes), reads(device, readBytesPerSecond)));
  }

  /// Moves the process to the parent, and removes the group.
  @Override
  public void close() throws IOException {
    var failures = new ArrayList<IOException>();
    for (Path folder : folders) {
      try {
        move(folder.resolveSibling(MEMBERS));
        Files.delete(folder);
      } catch (IOException e) { // the others are left all the same
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private static Limit memory(long bytes) {
    String value = Long.toString(bytes);
    return new Limit(
        "memory", "memory.limit_in_bytes", value, new Limit.Two("memory", "memory.max", value));
  }

  private static Limit reads(String device, long bytesPerSecond) {
    return new Limit(
        "blkio",
        "blkio.throttle.read_bps_device",
        device + " " + bytesPerSecond,
        new Limit.Two("io", "io.max", device + " rbps=" + bytesPerSecond));
  }

  private static ControlGroup join(Path root, List<Limit> limits)
      throws IOException, MissingException {
    var group = new ControlGroup(new LinkedHashSet<>());
    boolean joined = false;
    try {
      for (Setting setting : settings(root, limits)) {
        if (!group.folders.contains(setting.group)) {
          removeLeftovers(setting.group.resolveSibling(""));
          Files.createDirectory(setting.group);
          group.folders.add(setting.group);
        }
        Files.writeString(setting.group.resolve(setting.file), setting.value);
      }
      for (Path folder : group.folders) {
        move(folder.resolve(MEMBERS));
      }
      joined = true;
      return group;
    } catch (IOException e) {
      throw new MissingException("no control group below %s: %s".formatted(root, e));
    } finally {
      if (!joined) {
        group.close();
      }
    }
  }

  private static List<Setting> settings(Path root, List<Limit> limits)
      throws IOException, MissingException {
    String name = NAME + ProcessHandle.current().pid();
    if (limits.stream()
        .allMatch(limit -> Files.isWritable(root.resolve(limit.folderOne).resolve(MEMBERS)))) {
      return limits.stream()
          .map(
              limit ->
                  new Setting(
                      root.resolve(limit.folderOne).resolve(name), limit.fileOne, limit.valueOne))
          .toList();
    }
    Path control = root.resolve("cgroup.subtree_control");
    if (!Files.isWritable(control)) {
      throw new MissingException(
          "no control group can be made below %s: it needs root".formatted(root));
    }
    for (Limit limit : limits) {
      Files.writeString(control, "+" + limit.two.controller);
    }
    return limits.stream()
        .map(limit -> new Setting(root.resolve(name), limit.two.file, limit.two.value))
        .toList();
  }

  /// Runs that were killed leave their groups.
  private static void removeLeftovers(Path parent) throws IOException {
    try (var groups = Files.newDirectoryStream(parent, NAME + "*")) {
      for (Path group : groups) {
        String pid = group.getFileName().toString().substring(NAME.length());
        if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          Files.delete(group);
        }
      }
    }
  }

  private static void move(Path members) throws IOException {
    Files.writeString(members, Long.toString(ProcessHandle.current().pid()));
  }

  /// `major:minor`, as makedev(3) has packed them.
  private static String device(Path file) throws IOException {
    long packed = (Long) Files.getAttribute(file, "unix:dev");
    long major = (packed >>> 8 & 0xfff) | (packed >>> 32 & ~0xfffL);
    long minor = (packed & 0xff) | (packed >>> 12 & ~0xffL);
    return major + ":" + minor;
  }
}
