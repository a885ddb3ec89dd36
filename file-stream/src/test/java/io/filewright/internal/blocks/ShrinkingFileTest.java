package io.filewright.internal.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.FileException;
import io.filewright.error.Truncated;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file that becomes shorter while a read is under way, which hands out zeros for what is gone.
class ShrinkingFileTest {

  private static final int SIZE = 10_000;
  private static final int SIZE_AFTERWARDS = 9_000;

  private final CountedBuffers buffers = new CountedBuffers();
  private final OpenedFile file =
      (OpenedFile)
          Proxy.newProxyInstance(
              OpenedFile.class.getClassLoader(),
              new Class<?>[] {OpenedFile.class},
              (_, method, arguments) ->
                  switch (method.getName()) {
                    case "path" -> Path.of("shrinks");
                    case "size" -> (long) SIZE_AFTERWARDS;
                    case "read" -> read((long) arguments[0], (MemorySegment) arguments[1]);
                    case "readAsync" ->
                        CompletableFuture.completedFuture(
                            read((long) arguments[0], (MemorySegment) arguments[1]));
                    case "close" -> null;
                    default -> throw new AssertionError(method);
                  });

  private static int read(long byteOffset, MemorySegment target) {
    return (int) Math.min(target.byteSize(), SIZE - byteOffset);
  }

  @AfterEach
  void allBuffersAreBack() {
    assertThat(buffers.out()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void zerosBehindItsNewEndAreNoContent(boolean ahead) throws Exception {
    try (BlockFile blocks =
        ahead
            ? BlockFile.readingAhead(file, SIZE, buffers, 2)
            : BlockFile.reading(file, SIZE, buffers)) {
      blocks.read(0, SIZE_AFTERWARDS).close();
      assertThatThrownBy(() -> blocks.read(5_000, SIZE))
          .isInstanceOf(Truncated.class)
          .hasMessageContaining("now ends at byte 9000");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEndWithinABlockIsATruncation(boolean ahead) throws FileException {
    try (BlockFile blocks =
        ahead
            ? BlockFile.readingAhead(file, SIZE + 1, buffers, 2)
            : BlockFile.reading(file, SIZE + 1, buffers)) {
      assertThatThrownBy(() -> blocks.read(5_000, SIZE + 1)).isInstanceOf(Truncated.class);
    }
  }
}
