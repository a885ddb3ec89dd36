package io.filewright.internal.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.spi.OpenedFile;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An engine that throws what it may not: who awaits a block hears of it, on whatever thread it is.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // no interrupt ends a join
class BrokenEngineTest {

  private static final int SIZE = 10_000;

  private final RuntimeException mistake = new UnsupportedOperationException("broken");
  private final Queue<CompletableFuture<Integer>> reads = new ArrayDeque<>();
  private final CountedBuffers buffers = new CountedBuffers();

  private boolean readsLater = true;
  private int readsThatWork = Integer.MAX_VALUE;
  private boolean sizeWorks = true;

  private final OpenedFile file =
      (OpenedFile)
          Proxy.newProxyInstance(
              OpenedFile.class.getClassLoader(),
              new Class<?>[] {OpenedFile.class},
              (_, method, arguments) ->
                  switch (method.getName()) {
                    case "path" -> Path.of("broken");
                    case "size" -> size();
                    case "readAsync" -> read((MemorySegment) arguments[1]);
                    case "close" -> null;
                    default -> throw new AssertionError(method);
                  });

  private long size() {
    if (!sizeWorks) {
      throw mistake;
    }
    return SIZE;
  }

  /// All but the last byte.
  private CompletableFuture<Integer> read(MemorySegment target) {
    if (readsThatWork-- == 0) {
      throw mistake;
    }
    var read = new CompletableFuture<Integer>();
    if (readsLater) {
      reads.add(read);
    } else {
      read.complete(Math.toIntExact(Math.max(1, target.byteSize() - 1)));
    }
    return read;
  }

  @AfterEach
  void allBuffersAreBack() {
    assertThat(buffers.out()).isZero();
  }

  /// Behind a read of all, and at an end that comes too early.
  @ParameterizedTest
  @CsvSource({"false, 10000", "true, 10000", "false, 0", "true, 0"})
  void aLookAtTheSizeThatThrows(boolean later, int count) throws Exception {
    readsLater = later;
    sizeWorks = false;
    try (BlockFile blocks = BlockFile.readingAhead(file, SIZE, buffers, 2)) {
      PendingBlock block = blocks.begin(0, SIZE);
      reads.forEach(read -> read.complete(count));
      assertThatThrownBy(block::await).isSameAs(mistake);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aReadThatThrowsAtOnce(boolean later) throws Exception {
    readsLater = later;
    readsThatWork = 1;
    try (BlockFile blocks = BlockFile.readingAhead(file, SIZE, buffers, 2)) {
      PendingBlock block = blocks.begin(0, SIZE);
      reads.forEach(read -> read.complete(SIZE - 1));
      assertThatThrownBy(block::await).isSameAs(mistake);
    }
  }

  @Test
  void aBlockThatNobodyWants() throws Exception {
    readsThatWork = 0;
    try (BlockFile blocks = BlockFile.readingAhead(file, SIZE, buffers, 2)) {
      blocks.begin(0, SIZE).abandon();
    }
  }

  @Test
  void aReadThatIsCancelled() throws Exception {
    try (BlockFile blocks = BlockFile.readingAhead(file, SIZE, buffers, 2)) {
      PendingBlock block = blocks.begin(0, SIZE);
      reads.forEach(read -> read.cancel(false));
      block.abandon();
    }
  }
}
