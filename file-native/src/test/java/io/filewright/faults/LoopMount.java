package io.filewright.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A small file system of its own, mounted below a folder and unmounted by [#close] whatever still
/// uses it.
final class LoopMount implements AutoCloseable {

  /// What the formatter asks for at least; the image is sparse.
  private static final Map<String, Long> IMAGE_BYTES =
      Map.of("ext4", 48L << 20, "xfs", 320L << 20, "btrfs", 128L << 20);

  private final Path mount;
  private final Path image;

  private LoopMount(Path mount, Path image) {
    this.mount = mount;
    this.image = image;
  }

  /// Mounts it, or skips the cell and says what is missing.
  ///
  /// @param type `ext4`, `xfs` or `btrfs`, on a loop device, or `tmpfs`
  static LoopMount mount(String cell, String type, Path folder)
      throws IOException, InterruptedException {
    Needs.root(cell);
    Needs.tool(cell, "umount");
    var loop =
        new LoopMount(Files.createDirectory(folder.resolve("mount")), folder.resolve("image"));
    if (type.equals("tmpfs")) {
      Needs.success(cell, Shell.run("mount", "-t", type, "-o", "size=32m", "faults", loop.mount));
      return loop;
    }
    for (var tool : List.of("losetup", "mkfs." + type)) {
      Needs.tool(cell, tool);
    }
    try (var file = new RandomAccessFile(loop.image.toFile(), "rw")) {
      file.setLength(IMAGE_BYTES.getOrDefault(type, 0L));
    }
    String force = type.equals("ext4") ? "-F" : "-f";
    var _ = Shell.run("mkfs." + type, "-q", force, loop.image).orFail();
    // Its loop device goes with the mount.
    Needs.success(cell, Shell.run("mount", "-t", type, "-o", "loop", loop.image, loop.mount));
    return loop;
  }

  Path folder() {
    return mount;
  }

  /// The file that stands for the device.
  Path image() {
    return image;
  }

  @Override
  public void close() throws IOException {
    try {
      var _ = Shell.run("umount", "-l", mount);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
