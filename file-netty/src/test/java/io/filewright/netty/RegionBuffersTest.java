package io.filewright.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.Guard;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.OutOfBounds;
import io.filewright.error.Truncated;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import java.io.RandomAccessFile;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class RegionBuffersTest extends NettyFixture {

  /// Copied.
  private static final OpenOptions<MmapRegion> SMALL = OpenOptions.readOnly();

  @Test
  void aBufferOutlivesItsRegionAndEndsWithItsLastReference() throws Exception {
    byte[] content = Files.readAllBytes(random("file", 1_000_000));
    var region = runtime.openSync(folder.resolve("file"), MAPPED.withGuard(Guard.SNAPSHOT));
    ByteBuf buffer;
    try (region;
        var buffers = RegionBuffers.of(region)) {
      buffer = buffers.buffer(4095, 900_001);
    }
    assertThat(buffer.isReadOnly()).isTrue();
    assertThat(buffer.isDirect()).isTrue();
    ByteBuf part = buffer.retainedSlice(1, 10);
    assertThat(buffer.release()).isFalse();
    assertThat(buffer).isEqualTo(Unpooled.wrappedBuffer(content, 4095, 900_001 - 4095));
    assertThat(runtime.stats().activeRegions()).isOne();
    assertThat(part.release()).isTrue();
    assertThat(runtime.stats().activeRegions()).isZero();
    assertThatThrownBy(() -> buffer.getByte(0)).isInstanceOf(IllegalReferenceCountException.class);
  }

  @Test
  void aBufferIsReadOnly() throws Exception {
    try (var region = runtime.openSync(random("file", 100), SMALL);
        var buffers = RegionBuffers.of(region)) {
      ByteBuf buffer = buffers.buffer(0, 100);
      assertThatThrownBy(() -> buffer.setByte(0, 1)).isInstanceOf(ReadOnlyBufferException.class);
      assertThat(buffer.nioBuffer().isReadOnly()).isTrue();
      assertThat(buffer.release()).isTrue();
    }
  }

  @Test
  void memoryThatMayFaultIsNotHandedOut() throws Exception {
    try (var region = runtime.openSync(random("file", 100), MAPPED)) {
      assertThatThrownBy(() -> RegionBuffers.of(region))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "[%s] a buffer of a mapping under guard CHECKED could fault. Open it with a strong"
                  + " guard, or copy.",
              folder.resolve("file"));
    }
  }

  @Test
  void rangesAreChecked() throws Exception {
    try (var region = runtime.openSync(random("file", 100), SMALL)) {
      var buffers = RegionBuffers.of(region);
      assertThatThrownBy(() -> buffers.buffer(50, 101)).isInstanceOf(OutOfBounds.class);
      assertThat(buffers.buffer(100, 100).release()).isTrue();
      buffers.close();
      buffers.close();
      assertThatThrownBy(() -> buffers.buffer(0, 1)).isInstanceOf(AlreadyClosed.class);
    }
  }

  @Test
  void whoComesWithTheCloseGetsABufferOrIsTold() throws Exception {
    try (var region = runtime.openSync(random("file", 100), SMALL);
        var closer = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < 5_000; i++) {
        var buffers = RegionBuffers.of(region);
        var closed = closer.submit(buffers::close);
        try {
          while (true) {
            assertThat(buffers.buffer(0, 100).release()).isTrue();
          }
        } catch (AlreadyClosed _) {
          closed.get();
        }
      }
    }
  }

  @Test
  void aBufferThatIsHeldKeepsTheLeaseUntilItIsReleased() throws Exception {
    Path path = random("file", 1 << 20);
    assumeTrue(runtime.support(path).get().lease().isEmpty(), "no leases here");
    ByteBuf buffer;
    try (var region = runtime.openSync(path, MAPPED.withGuard(Guard.KERNEL_LEASE));
        var buffers = RegionBuffers.of(region)) {
      buffer = buffers.buffer(0, 1 << 20);
    }
    var truncation =
        CompletableFuture.runAsync(
            () -> {
              try (var file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(0);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assertThatThrownBy(() -> truncation.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    assertThat(buffer.getByte((1 << 20) - 1)).isEqualTo(Files.readAllBytes(path)[(1 << 20) - 1]);
    assertThat(buffer.release()).isTrue();
    truncation.get(20, TimeUnit.SECONDS);
    assertThat(path).isEmptyFile();
  }

  @ParameterizedTest
  @EnumSource
  void sendsMappedMemoryOnEveryTransport(Transport transport) throws Exception {
    assumeRuns(transport);
    byte[] content = Files.readAllBytes(random("file", 5_000_000));
    try (var region = runtime.openSync(folder.resolve("file"), MAPPED.withGuard(Guard.SNAPSHOT));
        var buffers = RegionBuffers.of(region);
        var pair = Pairs.of(transport)) {
      var first = pair.context().write(buffers.buffer(1, 4097));
      var second = pair.context().writeAndFlush(buffers.buffer(4097, 5_000_000));
      assertThat(pair.socket.getInputStream().readNBytes(4_999_999))
          .isEqualTo(Arrays.copyOfRange(content, 1, 5_000_000));
      first.sync();
      second.sync();
    }
  }

  @Test
  void anyRegionCanBeCopied() throws Exception {
    byte[] content = Files.readAllBytes(random("file", 100_000));
    try (var region = runtime.openSync(folder.resolve("file"), MAPPED)) {
      ByteBuf copy = RegionBuffers.copy(region, 7, 99_999, ByteBufAllocator.DEFAULT).get();
      assertThat(copy).isEqualTo(Unpooled.wrappedBuffer(content, 7, 99_992));
      assertThat(copy.release()).isTrue();
    }
  }

  @Test
  void aCopyOfWhatIsNotThereAnyMoreFails() throws Exception {
    Path path = random("file", 100_000);
    try (var region = runtime.openSync(path, MAPPED)) {
      try (var file = new RandomAccessFile(path.toFile(), "rw")) {
        file.setLength(10);
      }
      var copy = RegionBuffers.copy(region, 0, 100_000, ByteBufAllocator.DEFAULT);
      assertThatThrownBy(copy::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(Truncated.class);
    }
  }

  @Test
  void aCopyThatNobodyWantsIsReleased() throws Exception {
    try (var region = runtime.openSync(random("file", 1 << 20), MAPPED)) {
      for (int i = 0; i < 20; i++) {
        RegionBuffers.copy(region, 0, 1 << 20, ByteBufAllocator.DEFAULT).cancel(false);
      }
    }
  }
}
