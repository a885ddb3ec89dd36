package io.filewright.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.stream.StreamEngine;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs [ScanProgram] in a JVM of its own over a sparse file: what is measured is not the disk.
///
/// @param folder for the file
/// @param heapFlags for the JVM
/// @param budgetBytes what the buffers are charged to
record ScanProcess(Path folder, List<String> heapFlags, long budgetBytes) {

  private static final int PATIENCE_MINUTES = 5;

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
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
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
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    Files.delete(file);
    long[] figures =
        List.of(output.trim().split(" ", -1)).stream().mapToLong(Long::parseLong).toArray();
    assertThat(figures[0]).isEqualTo(fileBytes);
    return new Figures(figures[0], figures[1], figures[2], figures[3]);
  }
}
