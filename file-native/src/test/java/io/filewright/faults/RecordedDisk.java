package io.filewright.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A file system on a device whose writes are recorded: an image, behind `writelog.c`, mounted. As
/// it was when it was made stays in [#original].
final class RecordedDisk implements AutoCloseable {

  private static final int MOUNT_ATTEMPTS = 200;
  private static final int MOUNT_MILLIS = 25;

  private final Path place;
  private final Process server;

  private RecordedDisk(Path place, Process server) {
    this.place = place;
    this.server = server;
  }

  /// Makes one in an empty folder, or skips the cell and says what is missing.
  static RecordedDisk mount(String cell, FileSystemKind kind, Path place) throws Exception {
    Needs.root(cell);
    Needs.file(cell, Path.of("/dev/fuse"));
    for (var tool : List.of("cc", "pkg-config", "fusermount3", "losetup", "mkfs." + kind)) {
      Needs.tool(cell, tool);
    }
    Path program = compile(cell, place);
    kind.format(place.resolve("original"));
    var _ =
        Shell.run("cp", "--sparse=always", place.resolve("original"), place.resolve("image"))
            .orFail();
    Path fuse = Files.createDirectory(place.resolve("fuse"));
    var builder = new ProcessBuilder(program.toString(), "-f", "-s", fuse.toString());
    builder.environment().put("WRITELOG_IMAGE", place.resolve("image").toString());
    builder.environment().put("WRITELOG_RECORD", place.resolve("record").toString());
    builder.redirectErrorStream(true).redirectOutput(place.resolve("writelog.txt").toFile());
    var disk = new RecordedDisk(place, builder.start());
    boolean done = false;
    try {
      disk.awaitImage(cell, fuse.resolve("image"));
      Path mount = Files.createDirectory(disk.folder());
      Needs.success(cell, kind.mount(fuse.resolve("image"), mount));
      done = true;
      return disk;
    } finally {
      if (!done) {
        disk.close();
      }
    }
  }

  /// Where files can be written.
  Path folder() {
    return place.resolve("mount");
  }

  Path original() {
    return place.resolve("original");
  }

  Path record() {
    return place.resolve("record");
  }

  /// How much has been recorded until now.
  long position() throws IOException {
    return Files.size(record());
  }

  private void awaitImage(String cell, Path image) throws InterruptedException {
    for (int i = 0; i < MOUNT_ATTEMPTS && server.isAlive() && !Files.exists(image); i++) {
      Thread.sleep(MOUNT_MILLIS);
    }
    int exitCode = Files.exists(image) ? 0 : 1;
    Needs.success(cell, new Shell.Result(List.of("writelog"), exitCode, "no mount"));
  }

  @Override
  public void close() throws IOException {
    try {
      var _ = Shell.run("umount", folder());
      var _ = Shell.run("umount", "-l", place.resolve("fuse"));
      server.destroy();
      if (!server.waitFor(5, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path compile(String cell, Path place) throws IOException, InterruptedException {
    Path source = place.resolve("writelog.c");
    Path program = place.resolve("writelog");
    try (var resource =
        Objects.requireNonNull(RecordedDisk.class.getResourceAsStream("/faults/writelog.c"))) {
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
