package io.filewright.bounds;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.bounds.ScanProcess.Way;
import io.filewright.stream.StreamEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ScanProcessTest {

  @TempDir private Path directory;

  @Test
  @Timeout(30)
  void doesNotWaitForeverForAProcessThatHangs() {
    var process = new ScanProcess(directory, List.of(), 0, Duration.ofMillis(100));
    var way = new Way(StreamEngine.READ, 1, 1);
    assertThatThrownBy(() -> process.scan(List.of("sh", "-c", "sleep 60; exit"), 1, way))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ended within PT0.1S");
  }
}
