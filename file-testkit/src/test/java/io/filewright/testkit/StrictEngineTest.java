package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.spi.MapRequest;
import io.filewright.spi.OpenRequest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The fake notices what a real engine would let pass.
class StrictEngineTest {

  private static final Path FILE = Path.of("/strict/file");
  private static final OpenRequest REQUEST = OpenRequest.forReading(FILE);

  private final StrictEngine engine = StrictEngine.create().withFile(FILE, new byte[100]);

  @Test
  void namesWhatWasNeverClosed() throws Exception {
    var file = engine.openNow(REQUEST);
    var mapping = file.map(MapRequest.forReading(0, 100));
    assertThat(engine.openFiles()).isEqualTo(1);
    assertThat(engine.openMappings()).isEqualTo(1);
    assertThatThrownBy(engine::assertNothingOpen)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("file /strict/file was never closed")
        .hasMessageContaining("mapping of /strict/file was never closed")
        .cause()
        .hasMessageContaining("was opened here:");
    mapping.close();
    file.close();
    engine.assertNothingOpen();
  }

  @Test
  void remembersUseAfterCloseAndDoubleClose() throws Exception {
    var file = engine.openNow(REQUEST);
    file.close();
    assertThatThrownBy(() -> file.read(0, MemorySegment.ofArray(new byte[1])))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("read on file /strict/file, which is closed");
    assertThatThrownBy(file::close).hasMessage("file /strict/file was closed twice");
    assertThatThrownBy(engine::assertNothingOpen)
        .hasMessage(
            "read on file /strict/file, which is closed\nfile /strict/file was closed twice");
  }

  @Test
  void countsAllocations() {
    var allocation = engine.allocate(10);
    assertThat(engine.openAllocations()).isEqualTo(1);
    allocation.close();
    assertThatThrownBy(() -> allocation.segment(Arena.ofAuto()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void failsTheNthCallAndNoOther() throws Exception {
    var faulty = FaultyEngine.over(engine);
    faulty.failOnce(SpiCall.SIZE, 2, Fault.DEVICE);
    try (var file = faulty.openNow(REQUEST)) {
      assertThat(file.size()).isEqualTo(100);
      assertThatThrownBy(file::size)
          .hasMessage("[/strict/file] fault: an injected device error (EIO). Check the test.");
      assertThat(file.size()).isEqualTo(100);
      assertThat(faulty.count(SpiCall.SIZE)).isEqualTo(3);
      faulty.failFrom(SpiCall.SIZE, 4, Fault.TRUNCATED);
      assertThatThrownBy(file::size).isInstanceOf(io.filewright.error.Truncated.class);
      assertThatThrownBy(file::size).isInstanceOf(io.filewright.error.Truncated.class);
      faulty.heal();
      assertThat(file.size()).isEqualTo(100);
    }
    engine.assertNothingOpen();
  }
}
