package io.filewright.reactor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.filewright.AsyncFiles;
import io.filewright.FileRuntime;
import io.filewright.FileState.Loading;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.InvalidUtf8;
import io.filewright.error.NotFound;
import io.filewright.stream.Progress;
import io.filewright.stream.ProgressMeter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

final class ReactiveFilesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LARGE_BYTES = 300_000;

  @TempDir Path folder;

  private final FileRuntime runtime = FileRuntime.shared();
  private Path text;
  private Path large;
  private Held before;

  @BeforeEach
  void writeFiles() throws Exception {
    text = Files.writeString(folder.resolve("text"), "one\r\ntwo\n\nfour");
    large = Files.write(folder.resolve("large"), new byte[LARGE_BYTES]);
    Files.writeString(folder.resolve("target"), "old");
    before = Held.now(runtime, folder);
  }

  @AfterEach
  void nothingIsHeld() throws Exception {
    before.awaitAgain(runtime, folder);
  }

  @Test
  void linesHaveNoEnds() {
    StepVerifier.create(ReactiveFiles.lines(text, UTF_8))
        .expectNext("one", "two", "", "four")
        .expectComplete()
        .verify(PATIENCE);
  }

  @Test
  void aCarriageReturnIsContentUnlessALineFeedFollows() throws Exception {
    Files.writeString(text, "a\r\n\r\nb\rc\nd\r");
    StepVerifier.create(ReactiveFiles.lines(text, UTF_8))
        .expectNext("a", "", "b\rc", "d\r")
        .expectComplete()
        .verify(PATIENCE);
  }

  @Test
  void linesOfALargeFileAreItsLinesInOrder() throws Exception {
    List<String> lines =
        IntStream.range(0, 100_000).mapToObj(i -> i + "-" + "x".repeat(i % 97)).toList();
    Path file = Files.write(folder.resolve("lines"), lines);
    assertThat(Files.size(file)).isGreaterThan(5_000_000);

    assertThat(ReactiveFiles.lines(file, UTF_8).collectList().block(PATIENCE)).isEqualTo(lines);
    StepVerifier.create(ReactiveFiles.lines(file, UTF_8), 100_000)
        .expectNextCount(100_000)
        .expectComplete()
        .verify(PATIENCE);
    Files.delete(file);
  }

  @Test
  void linesBeforeAFailureAreDelivered() throws Exception {
    Path file = folder.resolve("lines");
    Files.write(file, Collections.nCopies(300_000, "0123456789abcdef"));
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) 0xE4}), 17L * 200_000);
    }
    StepVerifier.create(ReactiveFiles.lines(file, UTF_8))
        .expectNextCount(200_000)
        .expectErrorSatisfies(
            e -> assertThat(e).isInstanceOf(InvalidUtf8.class).hasMessageContaining("=3400000,"))
        .verify(PATIENCE);
    Files.delete(file);
  }

  @Test
  void completesBehindTheLastElementWithoutFurtherDemand() {
    StepVerifier.create(ReactiveFiles.lines(text, UTF_8), 4)
        .expectNextCount(4)
        .expectComplete()
        .verify(PATIENCE);
  }

  @Test
  void emitsNoMoreThanWasRequested() {
    StepVerifier.create(ReactiveFiles.lines(text, UTF_8), 0)
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(50))
        .thenRequest(2)
        .expectNext("one", "two")
        .expectNoEvent(Duration.ofMillis(50))
        .thenCancel()
        .verify(PATIENCE);
  }

  @Test
  void emptyFilesHaveNothing() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    for (Flux<?> flux :
        List.of(
            ReactiveFiles.lines(empty, UTF_8),
            ReactiveFiles.records(empty, (byte) 0),
            ReactiveFiles.chunks(empty, 10),
            ReactiveFiles.mapChunks(empty, 10, chunk -> chunk.index()))) {
      StepVerifier.create(flux).expectComplete().verify(PATIENCE);
    }
    Files.delete(empty);
  }

  @Test
  void malformedTextIsRefusedWhereItStands() throws Exception {
    Files.write(text, new byte[] {'a', '\n', 'b', (byte) 0xE4, '\n'});

    StepVerifier.create(ReactiveFiles.lines(text, UTF_8))
        .expectNext("a")
        .expectErrorSatisfies(
            e ->
                assertThat(e)
                    .isInstanceOf(InvalidUtf8.class)
                    .hasMessage(
                        "[%s] lines(offset=3, size=1): the bytes are not UTF-8. Check the file's"
                            + " encoding, or read its bytes and decode them with another one.",
                        text))
        .verify(PATIENCE);
    StepVerifier.create(ReactiveFiles.lines(text, US_ASCII))
        .expectNext("a")
        .expectError(InvalidText.class)
        .verify(PATIENCE);
    StepVerifier.create(ReactiveFiles.lines(text, ISO_8859_1))
        .expectNext("a", "bä")
        .expectComplete()
        .verify(PATIENCE);
  }

  @Test
  void charsetsWithoutAByteForLineFeedAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReactiveFiles.lines(text, UTF_16LE))
        .withMessage("lines: in UTF-16LE a line does not end with the single byte 0x0A");
  }

  @Test
  void recordsEndWithAnyByte() {
    StepVerifier.create(ReactiveFiles.records(text, (byte) 'o').map(r -> new String(r, UTF_8)))
        .expectNext("", "ne\r\ntw", "\n\nf", "ur")
        .expectComplete()
        .verify(PATIENCE);
  }

  @Test
  void chunksOutliveTheirFlux() throws Exception {
    List<MmapRegion> chunks = ReactiveFiles.chunks(large, 100_001).collectList().block(PATIENCE);

    assertThat(chunks)
        .extracting(MmapRegion::byteSize)
        .containsExactly(100_001L, 100_001L, 99_998L);
    assertThat(chunks).extracting(MmapRegion::fileOffset).containsExactly(0L, 100_001L, 200_002L);
    assertThat(chunks.getLast().toByteArray()).hasSize(99_998);
    chunks.forEach(MmapRegion::close);
  }

  @Test
  void discardedChunksAreClosed() {
    StepVerifier.create(
            ReactiveFiles.chunks(large, 1000)
                .publishOn(Schedulers.parallel(), 32)
                .filter(chunk -> chunk.fileOffset() >= 10_000)
                .doOnDiscard(MmapRegion.class, MmapRegion::close),
            1)
        .consumeNextWith(MmapRegion::close)
        .thenCancel()
        .verify(PATIENCE);
  }

  @Test
  void mapsChunksInOrder() {
    StepVerifier.create(ReactiveFiles.mapChunks(text, 6, c -> new String(c.toByteArray(), UTF_8)))
        .expectNext("one\r\nt", "wo\n\nfo", "ur")
        .expectComplete()
        .verify(PATIENCE);
  }

  @Test
  void aFunctionThatMakesNothingIsToldSo() {
    StepVerifier.create(ReactiveFiles.mapChunks(text, 6, c -> c.index() == 0 ? "one" : null))
        .expectNext("one")
        .expectErrorSatisfies(
            e ->
                assertThat(e)
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("the function made null of the chunk at byte 6 of [" + text + "]"))
        .verify(PATIENCE);
  }

  @Test
  void aFunctionThatThrowsEndsThePass() {
    var mistake = new IllegalStateException("mistake");
    StepVerifier.create(
            ReactiveFiles.mapChunks(
                large,
                1000,
                c -> {
                  if (c.index() == 3) {
                    throw mistake;
                  }
                  return c.index();
                }))
        .expectNext(0L, 1L, 2L)
        .expectErrorSatisfies(e -> assertThat(e).isSameAs(mistake))
        .verify(PATIENCE);
  }

  @Test
  void aMissingFileIsTheFailureItself() {
    Path missing = folder.resolve("missing");
    for (var publisher :
        List.of(
            ReactiveFiles.open(missing),
            ReactiveFiles.using(missing, OpenOptions.readOnly(), Mono::just),
            ReactiveFiles.chunks(missing, 10),
            ReactiveFiles.mapChunks(missing, 10, chunk -> chunk.index()),
            ReactiveFiles.lines(missing, UTF_8),
            ReactiveFiles.records(missing, (byte) 0),
            ReactiveFiles.write(missing.resolve("in"), Flux.empty()))) {
      StepVerifier.create(publisher).expectError(NotFound.class).verify(PATIENCE);
    }
  }

  @Test
  void openGivesARegionAway() {
    MmapRegion region = ReactiveFiles.open(large).block(PATIENCE);
    assertThat(region.byteSize()).isEqualTo(LARGE_BYTES);
    region.close();
  }

  @Test
  void openThatNobodyRequestsOpensNothing() {
    StepVerifier.create(ReactiveFiles.open(large), 0)
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(50))
        .thenCancel()
        .verify(PATIENCE);
  }

  @Test
  void usingThatNobodyRequestsOpensNothing() {
    StepVerifier.create(
            ReactiveFiles.using(
                text,
                OpenOptions.readOnly(),
                _ -> {
                  throw new AssertionError("called without a request");
                }),
            0)
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(50))
        .thenCancel()
        .verify(PATIENCE);
  }

  @Test
  void usingClosesBehindThePublisher() {
    var seen = new AtomicReference<MmapRegion>();
    StepVerifier.create(
            ReactiveFiles.using(
                text,
                OpenOptions.readOnly(),
                region -> {
                  seen.set(region);
                  return Flux.fromStream(region::lines);
                }))
        .expectNext("one", "two", "", "four")
        .expectComplete()
        .verify(PATIENCE);
    assertThat(seen.get().isClosed()).isTrue();
  }

  @Test
  void usingClosesOnCancel() throws Exception {
    var seen = new AtomicReference<MmapRegion>();
    StepVerifier.create(
            ReactiveFiles.using(
                large,
                OpenOptions.readOnly(),
                region -> {
                  seen.set(region);
                  return Flux.just(1L).concatWith(Mono.never());
                }))
        .expectNext(1L)
        .thenCancel()
        .verify(PATIENCE);
    before.awaitAgain(runtime, folder);
    assertThat(seen.get().isClosed()).isTrue();
  }

  @Test
  void writesAllOrNothing() {
    Path target = folder.resolve("target");
    StepVerifier.create(
            ReactiveFiles.write(target, Flux.just("new ", "content").map(ReactiveFilesTest::bytes)))
        .expectNext(11L)
        .expectComplete()
        .verify(PATIENCE);
    assertThat(target).hasContent("new content");

    var mistake = new IllegalStateException("mistake");
    StepVerifier.create(
            ReactiveFiles.write(target, Flux.just(bytes("half")).concatWith(Mono.error(mistake))))
        .expectErrorSatisfies(e -> assertThat(e).isSameAs(mistake))
        .verify(PATIENCE);
    assertThat(target).hasContent("new content");
  }

  @Test
  void writesTheSameBuffersAgain() {
    Path target = folder.resolve("target");
    var write = ReactiveFiles.write(target, Flux.just(bytes("12345")));
    for (int i = 0; i < 2; i++) {
      StepVerifier.create(write).expectNext(5L).expectComplete().verify(PATIENCE);
      assertThat(target).hasContent("12345");
    }
  }

  @Test
  void readingAndEmittingIsTheSchedulersWork() {
    var single = Schedulers.newSingle("files");
    var ownThreads = ReactiveRuntime.of(runtime, Schedulers.fromExecutor(Runnable::run));
    var elastic = Schedulers.newBoundedElastic(2, 100, "own");
    List<String> threads = new ArrayList<>();
    ReactiveRuntime.of(runtime, elastic)
        .lines(text, UTF_8)
        .doOnNext(_ -> threads.add(Thread.currentThread().getName()))
        .blockLast(PATIENCE);
    assertThat(threads).hasSize(4).allMatch(name -> name.startsWith("own-"));
    assertThat(ownThreads.lines(text, UTF_8).count().block(PATIENCE)).isEqualTo(4);
    StepVerifier.create(ReactiveRuntime.of(runtime, single).lines(text, UTF_8))
        .expectErrorMessage(
            "Files are read on threads that may wait, but files-1 must not. Use"
                + " Schedulers.boundedElastic().")
        .verify(PATIENCE);
    Path target = folder.resolve("target");
    StepVerifier.create(ReactiveRuntime.of(runtime, single).write(target, Flux.empty()))
        .expectError(IllegalStateException.class)
        .verify(PATIENCE);
    assertThat(target).hasContent("old");
    single.dispose();
    elastic.dispose();
    StepVerifier.create(ReactiveRuntime.of(runtime, elastic).lines(text, UTF_8))
        .expectError(java.util.concurrent.RejectedExecutionException.class)
        .verify(PATIENCE);
  }

  @Test
  void progressEndsWithTheLoad() throws Exception {
    try (var handle = AsyncFiles.openLazy(large)) {
      Flux<Loading<MmapRegion>> progress = ReactiveFiles.progress(handle);
      StepVerifier.create(progress)
          .then(handle::start)
          .thenConsumeWhile(loading -> loading.loadedBytes() <= LARGE_BYTES)
          .expectComplete()
          .verify(PATIENCE);
    }
  }

  @Test
  void aMetersLastReportIsNotMissed() {
    var meter = ProgressMeter.ofTotal(10);
    StepVerifier.create(ReactiveFiles.progress(meter))
        .then(() -> meter.add(10, 1))
        .then(meter::close)
        .thenConsumeWhile(report -> !report.last())
        .expectNextMatches(Progress::last)
        .expectComplete()
        .verify(PATIENCE);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
