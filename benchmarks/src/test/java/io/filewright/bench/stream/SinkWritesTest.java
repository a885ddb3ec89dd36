package io.filewright.bench.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.filewright.bench.Arguments;
import io.filewright.bench.kit.Sums;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkWritesTest {

  private static final int SIZE = 1 << 20;

  @TempDir private Path folder;

  @Test
  void replacesWhatTheLastRoundLeft() throws Exception {
    for (var writes : List.of(new SinkWrites.Behind(), new SinkWrites.AtTheEnd())) {
      Optional<String> first = round(writes);
      assertEquals(sumOfX(), first);
      assertEquals(first, round(writes));
    }
  }

  @Test
  void noticesThatNothingWasReplaced() throws Exception {
    var idle = new Once();

    assertNotEquals(round(idle), round(idle));
  }

  private Optional<String> round(SinkWrites writes) throws Exception {
    writes.prepare(new Arguments(Map.of("dir", folder.toString(), "size", String.valueOf(SIZE))));
    var outcome = writes.run();
    writes.settle();
    return outcome.checksum();
  }

  private static Optional<String> sumOfX() {
    byte[] content = "x".repeat(SIZE).getBytes(StandardCharsets.UTF_8);
    return Optional.of(Long.toHexString(Sums.of(content)));
  }

  /// Writes the first time only.
  private static final class Once extends SinkWrites {
    @Override
    protected void write(Path file, long byteSize, MemorySegment block) throws Exception {
      if (!Files.exists(file)) {
        Files.writeString(file, "x".repeat((int) byteSize));
      }
    }
  }
}
