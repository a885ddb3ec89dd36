package io.filewright.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.Truncated;
import io.filewright.spi.AdviceResult;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.PromiseNotifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// On real sockets of each transport.
@Timeout(60)
class RegionWriterTest extends NettyFixture {

  private static final int SIZE = 20_000_003;

  @ParameterizedTest
  @EnumSource
  void sendsWhatIsInMemoryByTheKernel(Transport transport) throws Exception {
    assumeRuns(transport);
    byte[] content = Files.readAllBytes(random("file", SIZE));
    try (var pair = Pairs.of(transport);
        var region = runtime.openSync(folder.resolve("file"), MAPPED)) {
      var file = RegionChannel.open(region);
      var sent = write(pair.context(), region, Optional.of(file), 1, SIZE - 1);
      assertThat(pair.socket.getInputStream().readNBytes(SIZE - 2))
          .isEqualTo(Arrays.copyOfRange(content, 1, SIZE - 1));
      sent.sync();
      assertThat(file.release()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsWhatIsNotInMemoryByReadingAhead(Transport transport) throws Exception {
    assumeRuns(transport);
    byte[] content = Files.readAllBytes(random("file", SIZE));
    try (var pair = Pairs.of(transport);
        var region = runtime.openSync(folder.resolve("file"), MAPPED)) {
      evict(region);
      var file = RegionChannel.open(region);
      var sent = write(pair.context(), region, Optional.of(file), 0, SIZE);
      assertThat(pair.socket.getInputStream().readNBytes(SIZE)).isEqualTo(content);
      sent.sync();
      assertThat(file.release()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsCopiesWhereTheKernelCannot(Transport transport) throws Exception {
    assumeRuns(transport);
    byte[] content = Files.readAllBytes(random("file", SIZE));
    try (var pair = Pairs.of(transport);
        var region = runtime.openSync(folder.resolve("file"), MAPPED)) {
      var sent = write(pair.context(), region, Optional.empty(), 0, SIZE);
      assertThat(pair.socket.getInputStream().readNBytes(SIZE)).isEqualTo(content);
      sent.sync();
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsBeyondTwoGigabytes(Transport transport) throws Exception {
    assumeRuns(transport);
    long size = (3L << 30) + 10;
    try (var file = new RandomAccessFile(folder.resolve("file").toFile(), "rw")) {
      file.seek(size - 5);
      file.writeBytes("hello");
    }
    try (var pair = Pairs.of(transport);
        var region = runtime.openSync(folder.resolve("file"), MAPPED)) {
      region.prefetch(size - 10, size).get();
      var file = RegionChannel.open(region);
      var sent = write(pair.context(), region, Optional.of(file), size - 10, size);
      assertThat(pair.socket.getInputStream().readNBytes(10))
          .isEqualTo("\0\0\0\0\0hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      sent.sync();
      assertThat(file.release()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyRangeIsSentAtOnce(Transport transport) throws Exception {
    assumeRuns(transport);
    try (var pair = Pairs.of(transport);
        var region = runtime.openSync(random("file", 100_000), MAPPED)) {
      write(pair.context(), region, Optional.empty(), 7, 7).sync();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatShrinksFailsTheWriteWithWhatHappened(Transport transport) throws Exception {
    assumeRuns(transport);
    Path path = random("file", SIZE);
    try (var pair = Pairs.of(transport);
        var region = runtime.openSync(path, MAPPED)) {
      var file = RegionChannel.open(region);
      var sent = write(pair.context(), region, Optional.of(file), 0, SIZE);
      InputStream in = pair.socket.getInputStream();
      assertThat(in.readNBytes(100_000)).hasSize(100_000);
      truncate(path, 1_000);
      readToTheEnd(in);
      assertThat(sent.await().cause()).isInstanceOf(Truncated.class);
      assertThat(file.release()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatShrinksWhileCopiesAreSentFailsTheWriteToo(Transport transport) throws Exception {
    assumeRuns(transport);
    Path path = random("file", SIZE);
    try (var pair = Pairs.of(transport);
        var region = runtime.openSync(path, MAPPED)) {
      var sent = write(pair.context(), region, Optional.empty(), 0, SIZE);
      InputStream in = pair.socket.getInputStream();
      assertThat(in.readNBytes(100_000)).hasSize(100_000);
      truncate(path, 1_000);
      var _ = sent.addListener(ChannelFutureListener.CLOSE);
      readToTheEnd(in);
      assertThat(sent.await().cause()).isInstanceOf(Truncated.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPeerThatGoesAwayFailsTheWriteAndNothingIsHeld(Transport transport) throws Exception {
    assumeRuns(transport);
    Path path = random("file", SIZE);
    for (boolean byKernel : new boolean[] {true, false}) {
      try (var pair = Pairs.of(transport);
          var region = runtime.openSync(path, MAPPED)) {
        var file = RegionChannel.open(region);
        var sent =
            write(pair.context(), region, byKernel ? Optional.of(file) : Optional.empty(), 0, SIZE);
        assertThat(pair.socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
        pair.socket.setSoLinger(true, 0);
        pair.socket.close();
        assertThat(sent.await().cause()).isInstanceOf(IOException.class);
        assertThat(file.release()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRegionThatIsClosedFailsTheWrite(Transport transport) throws Exception {
    assumeRuns(transport);
    try (var pair = Pairs.of(transport)) {
      var region = runtime.openSync(random("file", SIZE), MAPPED);
      var sent = write(pair.context(), region, Optional.empty(), 0, SIZE);
      InputStream in = pair.socket.getInputStream();
      assertThat(in.readNBytes(100_000)).hasSize(100_000);
      region.close();
      var _ = sent.addListener(ChannelFutureListener.CLOSE);
      readToTheEnd(in);
      assertThat(sent.await().cause()).isInstanceOf(AlreadyClosed.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInputResumesTheHandlerThatWaitsForIt(Transport transport) throws Exception {
    assumeRuns(transport);
    byte[] content = Files.readAllBytes(random("file", SIZE));
    var handler = new ChunkedWriteHandler();
    try (var pair = Pairs.of(transport, handler);
        var region = runtime.openSync(folder.resolve("file"), MAPPED)) {
      evict(region);
      var sent =
          pair.context()
              .writeAndFlush(new PrefetchedInput(region, 3, SIZE, handler::resumeTransfer));
      assertThat(pair.socket.getInputStream().readNBytes(SIZE - 3))
          .isEqualTo(Arrays.copyOfRange(content, 3, SIZE));
      sent.sync();
    }
  }

  @Test
  void anInputThatIsClosedMidWayReleasesWhatIsUnderWay() throws Exception {
    try (var region = runtime.openSync(random("file", SIZE), MAPPED)) {
      for (int i = 0; i < 100; i++) {
        evict(region);
        var input = new PrefetchedInput(region, 0, SIZE, () -> {});
        var chunk = input.readChunk(io.netty.buffer.ByteBufAllocator.DEFAULT);
        if (chunk != null) {
          chunk.release();
        }
        input.close();
        input.close();
        assertThat(input.isEndOfInput()).isTrue();
      }
    }
  }

  private static ChannelFuture write(
      ChannelHandlerContext context,
      MmapRegion region,
      Optional<RegionChannel> file,
      long from,
      long to) {
    ChannelPromise written = context.newPromise();
    context
        .executor()
        .execute(
            () -> {
              var _ =
                  RegionWriter.write(context, region, file, from, to)
                      .addListener(new PromiseNotifier<>(written));
            });
    return written;
  }

  private static void evict(MmapRegion region) throws IOException {
    try (var file = new RandomAccessFile(region.path().toFile(), "rw")) {
      file.getFD().sync();
    }
    assertThat(region.advise(MmapAdvice.PAGE_OUT)).isInstanceOf(AdviceResult.Applied.class);
  }

  private static void truncate(Path path, long size) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
    }
  }

  private static void readToTheEnd(InputStream in) {
    try {
      in.skipNBytes(SIZE);
    } catch (IOException _) {
      // That is the end.
    }
  }
}
