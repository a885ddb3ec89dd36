package io.filewright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts files into the page cache and out of it.
final class PageCache {

  private static final Path DROP = Path.of("/proc/sys/vm/drop_caches");

  private static final int FILES_PER_CALL = 500;

  private final Path folder;

  /// @param folder below which the files are
  PageCache(Path folder) {
    this.folder = folder;
  }

  /// Why nothing can be measured cold; empty if it can.
  Optional<String> noCold() throws IOException {
    String type = Files.getFileStore(folder).type();
    if (type.equals("tmpfs") || type.equals("ramfs")) {
      return Optional.of(
          "cold skipped: %s is on %s, which has no disk; see --dir".formatted(folder, type));
    }
    return Files.isWritable(DROP)
        ? Optional.empty()
        : Optional.of("cold skipped: needs root, to write " + DROP);
  }

  /// Drops the files. Without root by `dd`, which the kernel may heed in part.
  void evict(List<Path> files) throws IOException, InterruptedException {
    if (Files.isWritable(DROP)) {
      Shell.run(List.of("sync"));
      Files.writeString(DROP, "3\n");
      Shell.run(List.of("cat", "/dev/null")); // cat itself is a contender: back in with it
    } else {
      for (Path file : files) {
        Shell.run(List.of("dd", "if=" + file, "iflag=nocache", "count=0", "status=none"));
      }
    }
  }

  /// Reads the files from the disk, as `cat FILE > /dev/null` does.
  void readIn(List<Path> files) throws IOException, InterruptedException {
    evict(files);
    for (int from = 0; from < files.size(); from += FILES_PER_CALL) {
      var command = new ArrayList<>(List.of("cat"));
      files.subList(from, Math.min(files.size(), from + FILES_PER_CALL)).stream()
          .map(Path::toString)
          .forEach(command::add);
      Process cat =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (cat.waitFor() != 0) {
        throw new IOException("cat failed on files of " + folder);
      }
    }
  }

  /// How much of a file is in memory, in percent; empty without `fincore`.
  Optional<Long> residentPercent(Path file) throws IOException, InterruptedException {
    long size = Files.size(file);
    if (size == 0 || Shell.find("fincore").isEmpty()) {
      return Optional.empty();
    }
    Shell.Ended ended = Shell.run(List.of("fincore", "-b", "-n", "-o", "RES", file.toString()));
    return ended.exitCode() == 0 && ended.output().matches("[0-9]+")
        ? Optional.of(Long.parseLong(ended.output()) * 100 / size)
        : Optional.empty();
  }
}
