package io.filewright.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.Truncated;
import io.filewright.memory.MemoryBudget;
import io.filewright.spi.AdviceResult;
import io.filewright.testkit.FaultyEngine;
import io.filewright.testkit.SpiCall;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.PromiseNotifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
    var recorder = new Recorder();
    try (var pair = Pairs.of(transport, recorder);
        var region = runtime.openSync(folder.resolve("file"), MAPPED)) {
      var file = RegionChannel.open(region);
      var sent = write(pair.context(), region, Optional.of(file), 1, SIZE - 1);
      assertThat(pair.socket.getInputStream().readNBytes(SIZE - 2))
          .isEqualTo(Arrays.copyOfRange(content, 1, SIZE - 1));
      sent.sync();
      assertThat(recorder.kinds).containsOnly(FileTransfer.class);
      assertThat(file.release()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsWhatIsNotInMemoryByReadingAhead(Transport transport) throws Exception {
    assumeRuns(transport);
    byte[] content = Files.readAllBytes(random("file", SIZE));
    var recorder = new Recorder();
    try (var pair = Pairs.of(transport, recorder);
        var region = runtime.openSync(folder.resolve("file"), MAPPED)) {
      evict(region);
      assertThat(region.isResident(0, RegionWriter.WINDOW_BYTES)).isFalse();
      var file = RegionChannel.open(region);
      var sent = write(pair.context(), region, Optional.of(file), 0, SIZE);
      assertThat(pair.socket.getInputStream().readNBytes(SIZE)).isEqualTo(content);
      sent.sync();
      assertThat(recorder.kinds).startsWith(ByteBuf.class); // of the rest the kernel may read ahead
      assertThat(file.release()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsAheadWhatMayOrMayNotBeInMemory(Transport transport) throws Exception {
    assumeRuns(transport);
    byte[] content = Files.readAllBytes(random("file", SIZE));
    var engine = FaultyEngine.over(runtime.engine());
    engine.hideResidency();
    var recorder = new Recorder();
    try (var foreign = FileRuntime.builder().engine(engine).build();
        var pair = Pairs.of(transport, recorder);
        var region = foreign.openSync(folder.resolve("file"), MAPPED)) {
      var file = RegionChannel.open(region);
      var sent = write(pair.context(), region, Optional.of(file), 0, SIZE);
      assertThat(pair.socket.getInputStream().readNBytes(SIZE)).isEqualTo(content);
      sent.sync();
      assertThat(recorder.kinds).containsOnly(ByteBuf.class);
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
    var recorder = new Recorder();
    try (var pair = Pairs.of(transport, recorder);
        var region = runtime.openSync(folder.resolve("file"), MAPPED)) {
      region.prefetch(size - 10, size).get();
      var file = RegionChannel.open(region);
      var sent = write(pair.context(), region, Optional.of(file), size - 10, size);
      assertThat(pair.socket.getInputStream().readNBytes(10))
          .isEqualTo("\0\0\0\0\0hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      sent.sync();
      assertThat(recorder.kinds)
          .containsExactly(transport == Transport.IO_URING ? ByteBuf.class : FileTransfer.class);
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
  void writersThatShareABudgetHoldNoMoreAndNoneIsLeftOut(Transport transport) throws Exception {
    assumeRuns(transport);
    byte[] content = Files.readAllBytes(random("file", SIZE));
    var copies = MemoryBudget.ofBytes(4 * ChunkRoom.SMALL_BYTES);
    var held = new Held();
    try (var region = runtime.openSync(folder.resolve("file"), MAPPED);
        var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      var source = new RegionWriter.Source(region, Optional.empty(), copies);
      var pairs = new ArrayList<Pairs>();
      var received = new ArrayList<Future<byte[]>>();
      try {
        for (int i = 0; i < 10; i++) {
          var pair = Pairs.of(transport, held.handler());
          pairs.add(pair);
          var context = pair.context();
          context
              .executor()
              .execute(
                  () -> {
                    var _ = RegionWriter.write(context, source, 0, SIZE);
                  });
        }
        eventually(() -> assertThat(copies.isContended()).isTrue());
        for (Pairs pair : pairs) {
          received.add(readers.submit(() -> pair.socket.getInputStream().readNBytes(SIZE)));
        }
        for (Future<byte[]> bytes : received) {
          assertThat(bytes.get()).isEqualTo(content);
        }
        eventually(() -> assertThat(copies.usedBytes()).isZero());
        assertThat(held.most.get()).isBetween(1L, copies.limitBytes());
      } finally {
        for (Pairs pair : pairs) {
          pair.close();
        }
      }
    }
  }

  @Test
  void oneThatWaitsForRoomAndEndsGivesUpItsPlace() throws Exception {
    var copies = MemoryBudget.ofBytes(ChunkRoom.SMALL_BYTES);
    var all = copies.tryReserve(ChunkRoom.SMALL_BYTES).orElseThrow();
    try (var region = runtime.openSync(random("file", SIZE), MAPPED);
        var pair = Pairs.of(Transport.NIO)) {
      var source = new RegionWriter.Source(region, Optional.empty(), copies);
      var context = pair.context();
      var begun = new CompletableFuture<ChannelFuture>();
      context
          .executor()
          .execute(() -> begun.complete(RegionWriter.write(context, source, 0, SIZE)));
      eventually(() -> assertThat(copies.isContended()).isTrue());
      var _ = context.channel().close();
      assertThat(begun.get().await().cause()).isInstanceOf(ClosedChannelException.class);
      assertThat(copies.isContended()).isFalse();
      all.close();
      assertThat(copies.usedBytes()).isZero();
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

  @ParameterizedTest
  @EnumSource
  void aChannelThatClosesWhileTheFileIsReadFailsTheWrite(Transport transport) throws Exception {
    assumeRuns(transport);
    var engine = FaultyEngine.over(runtime.engine());
    var gate = engine.block(SpiCall.READ_ASYNC);
    try (var slow = FileRuntime.builder().engine(engine).build()) {
      try (var pair = Pairs.of(transport);
          var region = slow.openSync(random("file", SIZE), MAPPED)) {
        var context = pair.context();
        var sent = write(context, region, Optional.empty(), 0, SIZE);
        gate.awaitReached(Duration.ofSeconds(20));
        var _ = context.channel().close();
        var _ = context.channel().eventLoop().parent().shutdownGracefully(0, 5, TimeUnit.SECONDS);
        assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(sent.cause()).isInstanceOf(ClosedChannelException.class);
        gate.release();
      }
      eventually(() -> assertThat(slow.stats().activeRegions()).isZero());
    }
  }

  @Test
  @SuppressWarnings("deprecation") // others may still do it
  void anExecutorOfItsOwnThatEndsWhileTheFileIsReadFailsTheWrite() throws Exception {
    var engine = FaultyEngine.over(runtime.engine());
    var gate = engine.block(SpiCall.READ_ASYNC);
    var group = new DefaultEventExecutorGroup(1);
    try (var slow = FileRuntime.builder().engine(engine).build()) {
      try (var pair = Pairs.of(Transport.NIO);
          var region = slow.openSync(random("file", SIZE), MAPPED)) {
        var pipeline = pair.context().pipeline();
        pipeline.addLast(group, "own", new ChannelOutboundHandlerAdapter());
        var context = pipeline.context("own");
        var begun = new CompletableFuture<ChannelFuture>();
        context
            .executor()
            .execute(
                () ->
                    begun.complete(RegionWriter.write(context, region, Optional.empty(), 0, SIZE)));
        ChannelFuture sent = begun.get();
        gate.awaitReached(Duration.ofSeconds(20));
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        gate.release();
        assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(sent.cause()).isInstanceOf(RejectedExecutionException.class);
      }
      eventually(() -> assertThat(slow.stats().activeRegions()).isZero());
    }
  }

  /// How many bytes several writers have handed over that are not sent yet.
  private static final class Held {

    private final AtomicLong now = new AtomicLong();
    private final AtomicLong most = new AtomicLong();

    ChannelHandler handler() {
      return new ChannelOutboundHandlerAdapter() {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
          long size = ((ByteBuf) message).readableBytes();
          long sum = now.addAndGet(size);
          most.accumulateAndGet(sum, Math::max);
          var _ = promise.addListener(_ -> now.addAndGet(-size));
          var _ = context.write(message, promise);
        }
      };
    }
  }

  /// What is written, by kind.
  private static final class Recorder extends ChannelOutboundHandlerAdapter {

    private final List<Class<?>> kinds = new CopyOnWriteArrayList<>();

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      kinds.add(message instanceof FileTransfer ? FileTransfer.class : ByteBuf.class);
      var _ = context.write(message, promise);
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
    assertThat(region.advise(MmapAdvice.EVICT)).isInstanceOf(AdviceResult.Applied.class);
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
