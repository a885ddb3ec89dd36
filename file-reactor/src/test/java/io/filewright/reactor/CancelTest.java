package io.filewright.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

/// Cancels at random points. Whatever was under way, nothing stays.
final class CancelTest {

  private static final int LATEST_NANOS = 1_000_000;
  private static final long CHUNK_BYTES = 16L << 10;

  @TempDir Path folder;

  private final FileRuntime runtime = FileRuntime.shared();

  @Test
  void aThousandCancelsLeaveNothing() throws Exception {
    cancelAtRandom(1_000);
  }

  @Test
  @Tag("slow")
  void tenThousandCancelsLeaveNothing() throws Exception {
    cancelAtRandom(10_000);
  }

  private void cancelAtRandom(int count) throws Exception {
    Path file = Files.writeString(folder.resolve("data"), "a line of text\n".repeat(20_000));
    Path target = Files.writeString(folder.resolve("target"), "old");
    List<Supplier<Publisher<?>>> publishers = publishers(file, target);
    Held before = Held.now(runtime, folder);
    var random = new Random(count);
    int cancelled = 0;

    for (int i = 0; i < count; i++) {
      var subscriber = new Closing(1 + random.nextInt(64));
      Flux.from(publishers.get(i % publishers.size()).get()).subscribe(subscriber);
      LockSupport.parkNanos(random.nextInt(LATEST_NANOS));
      subscriber.cancel();
      assertThat(subscriber.terminals.get()).isBetween(0, 1);
      cancelled += 1 - subscriber.terminals.get();
    }

    assertThat(cancelled).isGreaterThan(count / 10);
    before.awaitAgain(runtime, folder);
    assertThat(Files.size(target)).isIn(3L, 40L * 4096);
  }

  private static List<Supplier<Publisher<?>>> publishers(Path file, Path target) {
    return List.of(
        () -> ReactiveFiles.open(file),
        () ->
            ReactiveFiles.using(
                file,
                OpenOptions.readOnly(),
                region -> Flux.range(0, 10_000).map(i -> i + region.byteSize())),
        () -> ReactiveFiles.chunks(file, CHUNK_BYTES),
        () ->
            ReactiveFiles.chunks(file, CHUNK_BYTES)
                .publishOn(Schedulers.parallel())
                .doOnDiscard(MmapRegion.class, MmapRegion::close),
        () -> ReactiveFiles.mapChunks(file, CHUNK_BYTES, chunk -> chunk.byteSize()),
        () -> ReactiveFiles.lines(file, StandardCharsets.UTF_8),
        () -> ReactiveFiles.records(file, (byte) '\n'),
        () ->
            ReactiveFiles.write(
                target, Flux.range(0, 40).map(_ -> ByteBuffer.wrap(new byte[4096]))));
  }

  /// Asks for a few at a time, and closes what has to be closed.
  private static final class Closing extends BaseSubscriber<Object> {

    final AtomicInteger terminals = new AtomicInteger();
    private final int batch;
    private int left;

    Closing(int batch) {
      this.batch = batch;
      this.left = batch;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      subscription.request(batch);
    }

    @Override
    protected void hookOnNext(Object value) {
      if (value instanceof MmapRegion region) {
        region.close();
      }
      left--;
      if (left == 0 && batch % 2 == 0) { // the others are cancelled while they rest
        left = batch;
        request(batch);
      }
    }

    @Override
    protected void hookFinally(SignalType type) {
      if (type != SignalType.CANCEL) {
        terminals.incrementAndGet();
      }
    }
  }
}
