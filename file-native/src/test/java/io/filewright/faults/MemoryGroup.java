package io.filewright.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A memory control group (version 1), removed by [#close].
final class MemoryGroup implements AutoCloseable {

  private static final Path ROOT = Path.of("/sys/fs/cgroup/memory");

  private static final int REMOVE_ATTEMPTS = 100;
  private static final long REMOVE_PAUSE_NANOS = 20_000_000;

  private final Path folder;

  private MemoryGroup(Path folder) {
    this.folder = folder;
  }

  /// Creates it, or skips the cell and says what is missing.
  static MemoryGroup create(String cell, long limitBytes) throws IOException {
    Needs.root(cell);
    Needs.tool(cell, "bash");
    Needs.file(cell, ROOT.resolve("memory.limit_in_bytes"));
    Path folder = ROOT.resolve("filewright-faults-" + ProcessHandle.current().pid());
    Files.createDirectory(folder);
    var group = new MemoryGroup(folder);
    boolean limited = false;
    try {
      Files.writeString(folder.resolve("memory.limit_in_bytes"), Long.toString(limitBytes));
      limited = true;
      return group;
    } finally {
      if (!limited) {
        group.close();
      }
    }
  }

  /// Runs a command inside.
  List<String> command(List<String> inner) {
    var script = "echo $BASHPID > " + folder.resolve("cgroup.procs") + "; exec \"$@\"";
    var command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    command.addAll(inner);
    return command;
  }

  /// The most that it has ever held, page cache included.
  long mostBytes() throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("memory.max_usage_in_bytes")).strip());
  }

  /// A process that has just ended may still count as inside for a moment.
  @Override
  public void close() throws IOException {
    for (int i = 0; i < REMOVE_ATTEMPTS && Files.exists(folder); i++) {
      try {
        Files.delete(folder);
      } catch (IOException e) {
        if (i == REMOVE_ATTEMPTS - 1) {
          throw e;
        }
        LockSupport.parkNanos(REMOVE_PAUSE_NANOS);
      }
    }
  }
}
