package io.filewright.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who asks for debug sees all that comes and goes.
@Timeout(30)
class BudgetLogTest {

  private final Logger logger = Logger.getLogger("io.filewright.memory");
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(
              line.getLevel()
                  + " "
                  + MessageFormat.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    handler.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  @Test
  void tellsOfEachReservationAndRelease() throws Exception {
    logger.setLevel(Level.FINE);
    MemoryBudget child = MemoryBudget.ofBytes(100).child("import", 50);
    child.tryReserve(20).orElseThrow().close();
    child.reserve(30).close();
    assertThat(child.tryReserve(51)).isEmpty();
    assertThat(lines)
        .containsExactly(
            "FINE import: 20 bytes reserved.",
            "FINE import: 20 bytes given back.",
            "FINE import: 30 bytes reserved.",
            "FINE import: 30 bytes given back.");
  }

  @Test
  void tellsOfAListenerThatThrows() throws Exception {
    var budget = MemoryBudget.ofBytes(100);
    try (var _ =
        budget.onPressure(
            0.5,
            _ -> {
              throw new IllegalStateException("listener, on purpose");
            })) {
      budget.tryReserve(60).orElseThrow().close();
      while (lines.isEmpty()) {
        Thread.sleep(1);
      }
    }
    assertThat(lines)
        .containsExactly("WARNING A listener to the pressure on a memory budget failed.");
  }

  @Test
  void isSilentOtherwise() {
    MemoryBudget.ofBytes(100).tryReserve(20).orElseThrow().close();
    assertThat(lines).isEmpty();
  }
}
