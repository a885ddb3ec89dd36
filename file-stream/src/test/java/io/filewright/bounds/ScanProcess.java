package io.filewright.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.stream.StreamEngine;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs [ScanProgram] in a JVM of its own over a sparse file: what is measured is not the disk.
///
/// @param folder for the file
/// @param heapFlags for the JVM
/// @param budgetBytes what the buffers are charged to
/// @param patience how long it may take
record ScanProcess(Path folder, List<String> heapFlags, long budgetBytes, Duration patience) {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  ScanProcess(Path folder, List<String> heapFlags, long budgetBytes) {
    this(folder, heapFlags, budgetBytes, PATIENCE);
  }

  /// What came of it, all in bytes.
  ///
  /// @param idleBytes anonymous memory before the scan
  /// @param anonymousBytes the most that it had
  /// @param budgetBytes the most that was reserved
  record Figures(long fileBytes, long idleBytes, long anonymousBytes, long budgetBytes) {}

  /// How the file is read.
  record Way(StreamEngine engine, int workers, long chunkBytes) {}

  Figures scan(long fileBytes, Way way) throws Exception {
    return scan(List.of(), fileBytes, way);
  }

  /// @param prefix a command that runs another
  Figures scan(List<String> prefix, long fileBytes, Way way) throws Exception {
    Path file = folder.resolve("sparse");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(fileBytes);
    }
    var command = new ArrayList<>(prefix);
    command.add(ChildProcess.java());
    command.addAll(heapFlags);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ScanProgram.class.getName(),
            file.toString(),
            Long.toString(budgetBytes),
            Integer.toString(way.workers),
            Long.toString(way.chunkBytes),
            way.engine.name()));
    String output = new ChildProcess(folder, patience).run(command);
    Files.delete(file);
    long[] figures =
        List.of(output.trim().split(" ", -1)).stream().mapToLong(Long::parseLong).toArray();
    assertThat(figures[0]).isEqualTo(fileBytes);
    return new Figures(figures[0], figures[1], figures[2], figures[3]);
  }
}
