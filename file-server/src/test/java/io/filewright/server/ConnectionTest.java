package io.filewright.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import io.filewright.server.Connections.Admission;
import io.filewright.server.ServerOptions.Limits;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Without a socket.
@Timeout(60)
class ConnectionTest {

  private static final String GET = "GET /file HTTP/1.1\r\nHost: a\r\n\r\n";

  @TempDir private Path root;
  private FileRuntime runtime = FileRuntime.shared();
  private Connections connections = new Connections(new Capacity(10, 2), 1 << 20);

  @BeforeEach
  @SuppressWarnings("MustBeClosed") // below
  void start() throws IOException {
    Files.write(root.resolve("file"), new byte[100_000]);
    runtime = FileRuntime.builder().callbackExecutor(Runnable::run).build();
  }

  @AfterEach
  void holdsNothing() throws Exception {
    within(Duration.ofSeconds(20), () -> runtime.stats().activeRegions() == 0);
    within(Duration.ofSeconds(20), () -> runtime.stats().openDescriptors() == 0);
    runtime.close();
  }

  @Test
  void whatFailsBeforeTheFirstByteReleasesTheFileAndEndsTheConnection() throws Exception {
    try (var site = new Site(runtime, root, 1 << 20)) {
      EmbeddedChannel channel = connect(site);
      channel.config().setAllocator(new EmptyAllocator());
      hear(channel, GET);
      answer(channel, () -> !channel.isOpen());
      assertThat(connections.failures.sum()).isOne();
    }
  }

  @Test
  void onlyItsOwnMistakesAreCounted() {
    try (var site = new Site(runtime, root, 1 << 20)) {
      for (var everyday : List.of(new IOException("reset"), new DecoderException("no TLS"))) {
        EmbeddedChannel channel = connect(site);
        channel.pipeline().fireExceptionCaught(everyday);
        assertThat(channel.isOpen()).isFalse();
      }
      assertThat(connections.failures.sum()).isZero();
      EmbeddedChannel channel = connect(site);
      channel.pipeline().fireExceptionCaught(new IllegalStateException("on purpose"));
      assertThat(channel.isOpen()).isFalse();
      assertThat(connections.failures.sum()).isOne();
    }
  }

  @Test
  void oneThatBeginsDuringADrainIsClosed() {
    try (var site = new Site(runtime, root, 1 << 20)) {
      connections.drain();
      assertThat(connect(site).isOpen()).isFalse();
      assertThat(connections.count()).isZero();
    }
  }

  @Test
  void thoseThatAreRefusedDoNotCountAndAreBounded() {
    connections = new Connections(new Capacity(1, 2), 1 << 20);
    try (var site = new Site(runtime, root, 1 << 20)) {
      var served = connection(site);
      assertThat(connections.enter(served)).isEqualTo(Admission.SERVED);
      for (int i = 1; i < 2; i++) {
        assertThat(connections.enter(connection(site))).isEqualTo(Admission.REFUSED);
      }
      var refused = connection(site);
      assertThat(connections.enter(refused)).isEqualTo(Admission.REFUSED);
      assertThat(connections.enter(connection(site))).isEqualTo(Admission.TURNED_AWAY);
      connections.leave(refused);
      assertThat(connections.enter(connection(site))).isEqualTo(Admission.REFUSED);
      assertThat(connections.count()).isOne();
      connections.leave(served);
      assertThat(connections.count()).isZero();
      assertThat(connections.enter(connection(site))).isEqualTo(Admission.SERVED);
    }
  }

  @Test
  void whatCannotBeAcceptedPausesForAWhile() {
    try (var site = new Site(runtime, root, 1 << 20)) {
      var channel = new EmbeddedChannel(new AcceptFailures(site, connections));
      channel.freezeTime();
      for (int i = 0; i < 3; i++) {
        channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
      }
      assertThat(channel.config().isAutoRead()).isFalse();
      assertThat(connections.failures.sum()).isOne();
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
      assertThat(channel.config().isAutoRead()).isTrue();
      var _ = channel.close();
      channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
      assertThat(connections.failures.sum()).isOne();
    }
  }

  private EmbeddedChannel connect(Site site) {
    Connection connection = connection(site);
    return new EmbeddedChannel(connection.newDecoder(), connection);
  }

  private Connection connection(Site site) {
    return new Connection(site, connections, Limits.DEFAULT, false);
  }

  private static void hear(EmbeddedChannel channel, String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, US_ASCII));
  }

  private static void answer(EmbeddedChannel channel, BooleanSupplier end) throws Exception {
    within(
        Duration.ofSeconds(20),
        () -> {
          channel.runPendingTasks();
          return end.getAsBoolean();
        });
  }

  private static void within(Duration limit, BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within " + limit).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  /// There is no memory left.
  private static final class EmptyAllocator extends AbstractByteBufAllocator {

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      throw new IllegalStateException("No memory is left.");
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      throw new IllegalStateException("No memory is left.");
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }
  }
}
