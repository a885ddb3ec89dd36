package io.filewright.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// File systems with a journal, on an image of their own.
enum FileSystemKind {
  EXT4(24L << 20, "-q -F -b 4096 -J size=4 -E lazy_itable_init=0", "loop"),
  /// Its own tools make none that are smaller.
  XFS(300L << 20, "-q -f", "loop,nouuid");

  private final long byteSize;
  private final String formatting;
  private final String mounting;

  FileSystemKind(long byteSize, String formatting, String mounting) {
    this.byteSize = byteSize;
    this.formatting = formatting;
    this.mounting = mounting;
  }

  void format(Path image) throws IOException, InterruptedException {
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(byteSize);
    }
    var command = new ArrayList<Object>(List.of("mkfs." + this));
    command.addAll(List.of(formatting.split(" ", -1)));
    command.add(image);
    var _ = Shell.run(command.toArray()).orFail();
  }

  Shell.Result mount(Path image, Path folder) throws IOException, InterruptedException {
    return Shell.run("mount", "-t", this, "-o", mounting, image, folder);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
