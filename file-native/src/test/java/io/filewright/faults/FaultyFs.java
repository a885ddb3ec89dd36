package io.filewright.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A mounted file system of the tests' own, see `faultyfs.c`: compiled on the spot, mounted, and
/// unmounted by [#close] whatever still uses it.
final class FaultyFs implements AutoCloseable {

  static final int FILE_BYTES = 2 << 20;
  static final int BAD_FROM = 1 << 20;

  private static final int MOUNT_ATTEMPTS = 200;
  private static final int MOUNT_MILLIS = 25;

  private final Path mount;
  private final Path control;
  private final Process process;

  private FaultyFs(Path mount, Path control, Process process) {
    this.mount = mount;
    this.control = control;
    this.process = process;
  }

  /// Mounts it below a folder, or skips the cell and says what is missing.
  static FaultyFs mount(String cell, Path folder) throws IOException, InterruptedException {
    for (var tool : List.of("cc", "pkg-config", "fusermount3", "umount")) {
      Needs.tool(cell, tool);
    }
    Needs.file(cell, Path.of("/dev/fuse"));
    Path program = compile(cell, folder);
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Path control = Files.createDirectory(folder.resolve("control"));
    var builder = new ProcessBuilder(program.toString(), "-f", mount.toString());
    builder.environment().put("FAULTYFS_CONTROL", control.toString());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("faultyfs.txt").toFile());
    var fs = new FaultyFs(mount, control, builder.start());
    boolean mounted = false;
    try {
      mounted = fs.awaitMount();
    } finally {
      if (!mounted) {
        fs.close();
      }
    }
    Needs.success(cell, new Shell.Result(builder.command(), mounted ? 0 : 1, "no mount"));
    return fs;
  }

  Path good() {
    return mount.resolve("good");
  }

  Path bad() {
    return mount.resolve("bad");
  }

  Path slow() {
    return mount.resolve("slow");
  }

  /// The folder whose files are the faults.
  Path control() {
    return control;
  }

  void begin(String fault) throws IOException {
    Files.createFile(control.resolve(fault));
  }

  void end(String fault) throws IOException {
    Files.deleteIfExists(control.resolve(fault));
  }

  @Override
  public void close() throws IOException {
    end("hang");
    end("eio");
    try {
      var _ = Shell.run("umount", "-l", mount);
      process.destroy();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitMount() throws InterruptedException {
    for (int i = 0; i < MOUNT_ATTEMPTS && process.isAlive(); i++) {
      if (Files.exists(good())) {
        return true;
      }
      Thread.sleep(MOUNT_MILLIS);
    }
    return false;
  }

  private static Path compile(String cell, Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve("faultyfs.c");
    Path program = folder.resolve("faultyfs");
    try (var resource =
        Objects.requireNonNull(FaultyFs.class.getResourceAsStream("/faults/faultyfs.c"))) {
      Files.copy(resource, source);
    }
    var flags = Shell.run("pkg-config", "--cflags", "--libs", "fuse3");
    Needs.success(cell, flags);
    var command = new ArrayList<>(List.of("cc", "-O2", "-Wall", "-Werror", "-o"));
    command.addAll(List.of(program.toString(), source.toString()));
    command.addAll(List.of(flags.output().split("\\s+", -1)));
    var _ = Shell.run(command.toArray()).orFail();
    return program;
  }
}
