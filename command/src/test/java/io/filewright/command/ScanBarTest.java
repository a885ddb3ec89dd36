package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.command.Job.Progress;
import io.filewright.stream.ProgressMeter;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What the bar says about a scan that has done 100 of 400 MiB in two seconds.
class ScanBarTest {

  private final AtomicLong nanos = new AtomicLong();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void tellsBytesRateAndTimeLeft() {
    assertThat(drawn(OptionalLong.of(400 << 20), new Terminal(false, true, 100)))
        .startsWith("\r\u001b[K[###")
        .contains("]  25 %  100.0 MiB of 400.0 MiB  50.0 MiB/s  6 s left  0 of 1 files  2 s")
        .hasSize(99 + "\r\u001b[K".length());
  }

  @Test
  void tellsNoTotalThatNobodyKnows() {
    assertThat(drawn(OptionalLong.empty(), new Terminal(false, true, 100)))
        .contains("]   0 %  100.0 MiB  50.0 MiB/s  0 of 1 files")
        .doesNotContain("left");
  }

  @Test
  void isCutWhereItIsNarrow() {
    assertThat(drawn(OptionalLong.of(400 << 20), new Terminal(false, true, 20)))
        .hasSize(19 + "\r\u001b[K".length());
  }

  @Test
  void isNothingWithoutATerminal() {
    assertThat(drawn(OptionalLong.of(400 << 20), Terminal.none())).isEmpty();
  }

  @Test
  void ratesOfSeveralFilesAddUp() {
    assertThat(new Progress(1, 2, 3).plus(new Progress(4, 5, 6))).isEqualTo(new Progress(5, 7, 9));
  }

  private String drawn(OptionalLong totalBytes, Terminal terminal) {
    var bar =
        new ProgressBar(new Streams(OutputStream.nullOutputStream(), err, terminal), nanos::get);
    var job = new Job(Path.of("file"));
    try (var meter = ProgressMeter.of(totalBytes, nanos::get)) {
      meter.add(100 << 20, 0);
      nanos.set(2_000_000_000L);
      job.scans(meter.progress());
      bar.draw(List.of(job), 0, 1);
    }
    return err.toString(StandardCharsets.UTF_8);
  }
}
