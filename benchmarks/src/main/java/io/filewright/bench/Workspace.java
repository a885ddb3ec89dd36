package io.filewright.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The folder that holds all that a run writes, and the processes it starts: both gone at its end,
/// also when that is Ctrl-C.
final class Workspace implements AutoCloseable {

  private static final long SPARE_BYTES = 256L << 20;

  /// An orphan seems to run until its new parent, which may be slow, has taken note of its end.
  private static final int END_LIMIT_SECONDS = 5;

  private final Path folder;
  private final Set<Process> processes = ConcurrentHashMap.newKeySet();
  private final Thread hook = new Thread(this::clear, "bench-cleanup");
  private FileSet fileSet = FileSet.EMPTY;

  private Workspace(Path folder) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// @throws IllegalArgumentException if there cannot be one: a sentence for the user
  static Workspace below(Path parent) throws IOException {
    if (Files.exists(parent) && !Files.isDirectory(parent)) {
      throw new IllegalArgumentException("--dir: " + parent + " is not a directory");
    }
    try {
      Files.createDirectories(parent);
      return new Workspace(Files.createTempDirectory(parent, "filewright-bench-"));
    } catch (FileSystemException e) {
      throw new IllegalArgumentException("--dir: no folder can be made below " + parent, e);
    }
  }

  Path folder() {
    return folder;
  }

  Path filesFolder() {
    return folder.resolve("files");
  }

  /// Has these files there, and no others.
  ///
  /// @param anew whether they must have just been written
  /// @throws IOException also if there is no room for them
  void provide(FileSet wanted, boolean anew) throws IOException {
    if (wanted.equals(fileSet) && !anew) {
      return;
    }
    delete(filesFolder());
    fileSet = FileSet.EMPTY;
    long free = Files.getFileStore(folder).getUsableSpace();
    if (wanted.totalByteSize() > free - SPARE_BYTES) {
      throw new IOException(
          "%s has %d MiB free, and %d MiB are needed"
              .formatted(folder, free >> 20, wanted.totalByteSize() >> 20));
    }
    wanted.write(filesFolder());
    fileSet = wanted;
  }

  void started(Process process) {
    processes.add(process);
  }

  void ended(Process process) {
    processes.remove(process);
  }

  @Override
  public void close() {
    clear();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private void clear() {
    // With all that they started, which would go on writing here.
    List<ProcessHandle> all =
        processes.stream()
            .map(Process::toHandle)
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, END_LIMIT_SECONDS, TimeUnit.SECONDS)
        .join();
    try {
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
