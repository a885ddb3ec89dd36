package io.filewright.bench.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.filewright.bench.MissingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against folders that look like the kernel's.
class ControlGroupTest {

  private static final String PID = Long.toString(ProcessHandle.current().pid());
  private static final String NAME = "filewright-bench-" + PID;

  @TempDir private Path root;

  @Test
  void joinsGroupsOfVersionOneAndLeavesThem() throws Exception {
    Path memory = folder("memory");
    Path disk = folder("blkio");
    Path leftover = Files.createDirectory(memory.resolve("filewright-bench-" + Integer.MAX_VALUE));
    try (var _ = ControlGroup.join(root, 12_345, 678, "8:16")) {
      assertFalse(Files.exists(leftover));
      takes(memory.resolve(NAME), "memory.limit_in_bytes", "12345");
      takes(disk.resolve(NAME), "blkio.throttle.read_bps_device", "8:16 678");
      isJoined(memory.resolve(NAME));
      isJoined(disk.resolve(NAME));
    }
    isLeft(memory);
    isLeft(disk);
  }

  @Test
  void joinsAGroupOfVersionTwoAndLeavesIt() throws Exception {
    Files.createFile(root.resolve("cgroup.procs"));
    Path control = Files.createFile(root.resolve("cgroup.subtree_control"));
    try (var _ = ControlGroup.join(root, 12_345, 678, "8:16")) {
      takes(root.resolve(NAME), "memory.max", "12345");
      takes(root.resolve(NAME), "io.max", "8:16 rbps=678");
      isJoined(root.resolve(NAME));
    }
    isLeft(root);
    assertEquals("+io", Files.readString(control)); // the last word; the kernel adds them up
  }

  @Test
  void saysWhyThereIsNone() {
    var missing = assertThrows(MissingException.class, () -> ControlGroup.join(root, 1, 1, "8:16"));

    assertEquals(
        "no control group can be made below %s: it needs root".formatted(root),
        missing.getMessage());
  }

  private Path folder(String controller) throws Exception {
    Path folder = Files.createDirectory(root.resolve(controller));
    Files.createFile(folder.resolve("cgroup.procs"));
    return folder;
  }

  /// The kernel's files go with their folder.
  private static void takes(Path group, String file, String value) throws Exception {
    assertEquals(value, Files.readString(group.resolve(file)));
    Files.delete(group.resolve(file));
  }

  private static void isJoined(Path group) throws Exception {
    takes(group, "cgroup.procs", PID);
  }

  private static void isLeft(Path parent) throws Exception {
    assertEquals(PID, Files.readString(parent.resolve("cgroup.procs")));
    assertFalse(Files.exists(parent.resolve(NAME)));
  }
}
