package io.filewright.reactor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/// A scheduler that is disposed of drops what it was given to do.
final class DisposedSchedulerTest {

  private static final int TRIES = 40;
  private static final long CHUNK_BYTES = 16 << 10;
  private static final long FIRST_ELEMENT_MILLIS = 50;

  @TempDir Path folder;

  private final FileRuntime runtime = FileRuntime.shared();
  private Path file;
  private Path target;
  private Held before;

  /// What is published.
  enum What {
    OPEN,
    USING,
    CHUNKS,
    MAP_CHUNKS,
    LINES,
    RECORDS,
    WRITE
  }

  private Publisher<?> publisher(What what, ReactiveRuntime reactive) {
    return switch (what) {
      case OPEN -> reactive.open(file, OpenOptions.readOnly());
      case USING ->
          reactive.using(
              file,
              OpenOptions.readOnly(),
              region -> Flux.range(0, 100_000).map(i -> i + region.byteSize()));
      case CHUNKS -> reactive.chunks(file, CHUNK_BYTES);
      case MAP_CHUNKS -> reactive.mapChunks(file, CHUNK_BYTES, chunk -> chunk.byteSize());
      case LINES -> reactive.lines(file, UTF_8);
      case RECORDS -> reactive.records(file, (byte) 'a');
      case WRITE ->
          reactive.write(target, Flux.range(0, 400).map(_ -> ByteBuffer.wrap(new byte[4096])));
    };
  }

  @BeforeEach
  void writeFiles() throws Exception {
    file = Files.writeString(folder.resolve("data"), "a line of text\n".repeat(50_000));
    target = Files.writeString(folder.resolve("target"), "old");
    before = Held.now(runtime, folder);
  }

  @AfterEach
  void nothingIsHeld() throws Exception {
    before.awaitAgain(runtime, folder);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(file, target); // no temporary
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsCancelledBeforeIsGivenBack(What what) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      var scheduler = Schedulers.newBoundedElastic(2, 1_000, "doomed");
      var subscriber = subscribe(what, ReactiveRuntime.of(runtime, scheduler), i);
      subscriber.cancel();
      scheduler.dispose();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsCancelledAfterwardsIsGivenBack(What what) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      var scheduler = Schedulers.newBoundedElastic(2, 1_000, "doomed");
      var subscriber = subscribe(what, ReactiveRuntime.of(runtime, scheduler), i);
      scheduler.dispose();
      subscriber.cancel();
    }
  }

  private First subscribe(What what, ReactiveRuntime reactive, int number) throws Exception {
    var first = new First(number % 2 == 0 ? 1 : Long.MAX_VALUE);
    publisher(what, reactive).subscribe(first);
    first.arrived.await(FIRST_ELEMENT_MILLIS, TimeUnit.MILLISECONDS);
    return first;
  }

  /// Asks for so many, and closes what has to be closed.
  private static final class First extends BaseSubscriber<Object> {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final long requested;

    First(long requested) {
      this.requested = requested;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      request(requested);
    }

    @Override
    protected void hookOnNext(Object value) {
      if (value instanceof MmapRegion region) {
        region.close();
      }
      arrived.countDown();
    }

    @Override
    protected void hookOnError(Throwable error) {
      arrived.countDown();
    }
  }
}
