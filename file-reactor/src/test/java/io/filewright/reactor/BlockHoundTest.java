package io.filewright.reactor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/// Whoever subscribes, requests and cancels on threads that must not be blocked is not. The
/// portable engine reads by methods of the JDK, which BlockHound watches; native calls it does not
/// see.
final class BlockHoundTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  /// The lock of an executor's queue is held for some instructions only.
  @BeforeAll
  static void watch() {
    BlockHound.install(
        hound -> hound.allowBlockingCallsInside(LinkedBlockingQueue.class.getName(), "offer"));
  }

  @Test
  void watchesReads() throws Exception {
    Path file = Files.writeString(folder.resolve("data"), "text");
    expectRefused(
        () -> {
          try (var open = new RandomAccessFile(file.toFile(), "r")) {
            return open.read(new byte[4]);
          }
        });
  }

  @Test
  void watchesWaits() {
    expectRefused(() -> new CompletableFuture<Integer>().get(1, TimeUnit.MILLISECONDS));
  }

  private static void expectRefused(Callable<Integer> blocking) {
    StepVerifier.create(Mono.fromCallable(blocking).subscribeOn(Schedulers.parallel()))
        .expectError(BlockingOperationError.class)
        .verify(PATIENCE);
  }

  @Test
  void nothingBlocksWhoSubscribesRequestsAndCancels() throws Exception {
    Path file = Files.writeString(folder.resolve("data"), "a line of text\n".repeat(20_000));
    try (var runtime = FileRuntime.builder().engine("portable").build()) {
      var files = ReactiveRuntime.of(runtime, Schedulers.boundedElastic());
      List<Flux<?>> publishers =
          List.of(
              files.open(file, OpenOptions.readOnly()).doOnNext(MmapRegion::close).flux(),
              files.using(
                  file,
                  OpenOptions.readOnly(),
                  region -> Flux.range(0, 100).map(i -> i + region.byteSize())),
              files.chunks(file, 4096).doOnNext(MmapRegion::close),
              files.mapChunks(file, 4096, chunk -> chunk.byteSize()),
              files.lines(file, UTF_8),
              files.records(file, (byte) '\n'),
              files
                  .write(
                      folder.resolve("target"),
                      Flux.range(0, 40).map(_ -> ByteBuffer.wrap(new byte[4096])))
                  .flux());
      for (Flux<?> publisher : publishers) {
        for (long elements : new long[] {1, 20, Long.MAX_VALUE}) {
          long count =
              publisher
                  .subscribeOn(Schedulers.parallel())
                  .publishOn(Schedulers.parallel(), 4)
                  .take(elements)
                  .count()
                  .block(PATIENCE);
          assertThat(count).isPositive();
        }
      }
    }
  }
}
