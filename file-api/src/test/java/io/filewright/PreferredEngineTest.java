package io.filewright;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/// An engine that is wished for, but not there.
class PreferredEngineTest {

  /// Keeps what is logged, and keeps it from the console.
  private static final class Lines extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger("io.filewright");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    Lines() {
      logger.setUseParentHandlers(false);
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      records.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void isReplacedByTheBestOneAndSaysSoOnce() throws Exception {
    try (var lines = new Lines()) {
      for (int i = 0; i < 2; i++) {
        try (var runtime = FileRuntime.builder().preferredEngine("steam").build()) {
          assertThat(runtime.engineName()).isEqualTo("portable");
        }
      }
      assertThat(lines.records)
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.getLevel()).isEqualTo(Level.INFO);
                assertThat(line.getMessage()).startsWith("Engine {0} cannot run here: ");
                assertThat(line.getParameters())
                    .containsExactly("steam", "there is no such engine on the class path");
              });
    }
  }

  @Test
  void isTakenIfItIsThere() throws Exception {
    try (var lines = new Lines();
        var runtime = FileRuntime.builder().preferredEngine("portable").build()) {
      assertThat(runtime.engineName()).isEqualTo("portable");
      assertThat(lines.records).isEmpty();
    }
  }
}
