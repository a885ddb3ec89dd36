package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.Cancelled;
import io.filewright.error.FileException;
import io.filewright.error.NotFound;
import io.filewright.error.Unsupported;
import io.filewright.spi.Availability;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineSettings;
import io.filewright.spi.LoadListener;
import io.filewright.spi.MapRequest;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an engine owes the API, asked of the engine itself.
abstract class SpiContract extends ContractFixture {

  private static final int SIZE = 5 << 20;

  private Engine engine;

  @BeforeEach
  void create() {
    engine = provider().create(new EngineSettings(2, 2, 2));
  }

  @AfterEach
  void close() {
    engine.close();
    engine.close();
  }

  @Test
  void saysWhatItIs() {
    assertThat(provider().probe()).isEqualTo(new Availability.Available());
    assertThat(engine.name()).isEqualTo(provider().name()).matches("[a-z_]+");
    assertThat(Integer.bitCount(engine.pageSize())).isEqualTo(1);
    assertThat(engine.maxRegions()).isBetween(1, 32_000);
  }

  @Test
  void readsLikePread() throws Exception {
    try (var file = open(files.patterned(SIZE));
        Arena arena = Arena.ofShared()) {
      assertThat(file.size()).isEqualTo(SIZE);
      MemorySegment target = arena.allocate(4097);
      readFully(file, 4095, target);
      assertThat(target.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected(4095, 4097));
      assertThat(file.read(SIZE, target)).isZero();
      assertThat(file.read(SIZE + 10L, target)).isZero();
      assertThat(file.read(0, target.asSlice(0, 0))).isZero();
      assertThat(file.read(SIZE - 1L, target)).isEqualTo(1);
      int count = get(file.readAsync(7, target.asSlice(0, 100)));
      assertThat(count).isBetween(1, 100);
      assertThat(target.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE))
          .isEqualTo(expected(7, count));
      assertThat(get(file.readAsync(SIZE, target))).isZero();
    }
  }

  @Test
  void opensWithoutBlockingAndOnTheSpot() throws Exception {
    Path path = files.patterned(100);
    try (OpenedFile file = get(engine.open(request(path), () -> true))) {
      assertThat(file.path()).isEqualTo(path);
      assertThat(file.size()).isEqualTo(100);
    }
    assertThat(failure(engine.open(request(files.make("missing")), () -> true)))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> open(files.make("missing"))).isInstanceOf(NotFound.class);
    assertThat(failure(engine.open(request(path), () -> false))).isInstanceOf(Cancelled.class);
  }

  @Test
  void identifiesFilesWhateverTheirName() throws Exception {
    Path path = files.patterned(100);
    Path link = Files.createLink(folder.resolve("hard-link"), path);
    Path same = files.write("other", TestFiles.pattern(100));
    try (var a = open(path);
        var b = open(link);
        var c = open(same)) {
      assertThat(a.identity()).isEqualTo(b.identity()).isNotEqualTo(c.identity());
    }
  }

  @Test
  void leadsToTheOpenFileWhateverItsNameMeansByThen() throws Exception {
    Path path = files.patterned(100);
    try (var file = open(path)) {
      Files.move(path, folder.resolve("elsewhere"));
      Files.writeString(path, "another file");
      if (file.alias().isPresent()) {
        assertThat(Files.readAllBytes(file.alias().get())).isEqualTo(expected(0, 100));
      }
    }
  }

  @Test
  void mapsUnalignedRanges() throws Exception {
    long[][] ranges = {{0, 1}, {0, SIZE}, {1, 4096}, {4095, 2}, {4097, 8193}, {SIZE - 1, 1}};
    try (var file = open(files.patterned(SIZE))) {
      for (long[] range : ranges) {
        try (var mapping = file.map(MapRequest.forReading(range[0], range[1]));
            Arena arena = Arena.ofConfined()) {
          MemorySegment memory = mapping.segment(arena);
          assertThat(mapping.byteSize()).isEqualTo(range[1]);
          assertThat(memory.byteSize()).isEqualTo(range[1]);
          assertThat(memory.isReadOnly()).isTrue();
          assertThat(memory.toArray(ValueLayout.JAVA_BYTE))
              .isEqualTo(expected(range[0], (int) range[1]));
        }
      }
    }
  }

  @Test
  void populatesInChunksThatCanBeStopped() throws Exception {
    try (var file = open(files.patterned(SIZE));
        var mapping = file.map(MapRequest.forReading(0, SIZE))) {
      var seen = new ArrayList<Long>();
      mapping.populate(0, SIZE, seen::add);
      assertThat(seen).isSorted().hasSizeGreaterThan(1).endsWith((long) SIZE);
      mapping.populate(0, 0, LoadListener.NONE);
      assertThat(mapping.residency(0, SIZE).isComplete()).isTrue();
      var stopped = new ArrayList<Long>();
      LoadListener stop = loaded -> !stopped.add(loaded);
      assertThatThrownBy(() -> mapping.populate(0, SIZE, stop)).isInstanceOf(Cancelled.class);
      assertThat(stopped).hasSize(1);
      assertThat(failure(mapping.populateAsync(0, SIZE, stop))).isInstanceOf(Cancelled.class);
      assertThat(stopped).hasSize(2);
      get(mapping.populateAsync(4095, 2, LoadListener.NONE));
    }
  }

  @Test
  void answersHintsAndLocks() throws Exception {
    try (var file = open(files.patterned(SIZE));
        var mapping = file.map(MapRequest.forReading(5, SIZE - 5))) {
      for (CacheAdvice advice : CacheAdvice.values()) {
        assertThat(mapping.advise(1, 4096, advice)).isNotNull();
        assertThat(file.advise(1, 4096, advice)).isNotNull();
      }
      if (can(EngineTrait.MEMORY_LOCK)) {
        mapping.lock(1, 4096);
      } else {
        assertThatThrownBy(() -> mapping.lock(1, 4096)).isInstanceOf(Unsupported.class);
      }
    }
  }

  @Test
  void allocatesMemory() {
    for (long size : new long[] {0, 1, 4096, 1 << 20}) {
      var allocation = engine.allocate(size);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment memory = allocation.segment(arena);
        assertThat(memory.byteSize()).isEqualTo(size);
        memory.fill((byte) 7);
      }
      allocation.close();
    }
  }

  @Test
  void refusesOpensAfterItsCloseButServesOpenFiles() throws Exception {
    try (var file = open(files.patterned(100));
        var mapping = file.map(MapRequest.forReading(0, 100));
        Arena arena = Arena.ofShared()) {
      engine.close();
      assertThatThrownBy(() -> engine.open(request(file.path()), () -> true))
          .isInstanceOf(RejectedExecutionException.class);
      readFully(file, 0, arena.allocate(100));
      assertThat(get(file.readAsync(0, arena.allocate(100)))).isPositive();
      get(mapping.populateAsync(0, 100, LoadListener.NONE));
    }
  }

  @Test
  void anInterruptDisturbsNothing() throws Exception {
    Path path = files.patterned(SIZE);
    Thread.currentThread().interrupt();
    try (var file = open(path);
        var mapping = file.map(MapRequest.forReading(0, SIZE));
        Arena arena = Arena.ofConfined()) {
      mapping.populate(0, SIZE, LoadListener.NONE);
      readFully(file, 0, arena.allocate(SIZE));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void givesNestedBlockingWorkAtOnce() throws Exception {
    var same = new CompletableFuture<Boolean>();
    engine
        .blocking()
        .execute(
            () -> {
              Thread outer = Thread.currentThread();
              engine.blocking().execute(() -> same.complete(outer.equals(Thread.currentThread())));
            });
    assertThat(Patience.get(same)).isTrue();
  }

  private OpenedFile open(Path path) throws FileException {
    return engine.openNow(request(path));
  }

  private static OpenRequest request(Path path) {
    return OpenRequest.forReading(path);
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return Patience.get(stage.toCompletableFuture());
  }

  private static Throwable failure(CompletionStage<?> stage) throws Exception {
    return Patience.failure(stage.toCompletableFuture());
  }

  private static void readFully(OpenedFile file, long offset, MemorySegment target)
      throws FileException {
    for (long done = 0; done < target.byteSize(); ) {
      int count = file.read(offset + done, target.asSlice(done));
      assertThat(count).isPositive();
      done += count;
    }
  }

  private static byte[] expected(long offset, int count) {
    return Arrays.copyOfRange(TestFiles.pattern(SIZE), (int) offset, (int) offset + count);
  }
}
