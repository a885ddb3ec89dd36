package io.filewright.testkit;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.MmapRegion;
import io.filewright.SharedSegment;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.error.Unsupported;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Raw memory: apply, access and shared segments.
abstract class RawAccessContract extends ContractFixture {

  @Test
  void applyShowsTheRegionsBytesReadOnly() throws Exception {
    try (var region = region(files.patterned(100_000), MAPPED.withRange(4095, 90_001));
        var slice = region.slice(1, 10)) {
      assertThat(region.<Boolean>apply(MemorySegment::isReadOnly)).isTrue();
      assertThat(region.<Long>apply(MemorySegment::byteSize)).isEqualTo(90_001 - 4095);
      assertThat(region.<Byte>apply(memory -> memory.get(JAVA_BYTE, 0)))
          .isEqualTo(TestFiles.patternAt(4095));
      assertThat(slice.<byte[]>apply(memory -> memory.toArray(JAVA_BYTE)))
          .isEqualTo(java.util.Arrays.copyOfRange(TestFiles.pattern(100_000), 4096, 4105));
      assertThatThrownBy(() -> region.<Byte>apply(memory -> memory.get(JAVA_BYTE, 90_001 - 4095)))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void applyPassesOnWhatTheFunctionThrows() throws Exception {
    for (var region : new MmapRegion[] {mapped(new byte[100]), copied(new byte[100])}) {
      var unchecked = new IllegalArgumentException("unchecked");
      var checked = new InUse(FailureDetails.of(Path.of("x"), "test", "of its own", "Nothing"));
      var error = new StackOverflowError("deep");
      assertThatThrownBy(() -> region.apply(_ -> raise(unchecked))).isSameAs(unchecked);
      assertThatThrownBy(() -> region.apply(_ -> raise(checked))).isSameAs(checked);
      assertThatThrownBy(() -> region.apply(_ -> raise(error))).isSameAs(error);
      assertThat(region.<Long>apply(MemorySegment::byteSize)).isEqualTo(100);
      region.close();
    }
  }

  @Test
  void aRegionMayBeClosedInsideApply() throws Exception {
    var region = mapped(TestFiles.pattern(100_000));
    byte last =
        region.apply(
            memory -> {
              region.close();
              return memory.get(JAVA_BYTE, 99_999);
            });
    assertThat(last).isEqualTo(TestFiles.patternAt(99_999));
    assertThatThrownBy(() -> region.apply(MemorySegment::byteSize))
        .isInstanceOf(AlreadyClosed.class);
  }

  @Test
  void aSegmentThatEscapesIsDead() throws Exception {
    assumeTrue(can(EngineTrait.LEASED_SEGMENTS), "the engine lends no segments");
    try (var region = mapped(TestFiles.pattern(100_000))) {
      MemorySegment escaped = region.apply(memory -> memory);
      assertThatThrownBy(() -> escaped.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
      MemorySegment leased;
      try (var access = region.access()) {
        leased = access.segment();
      }
      assertThatThrownBy(() -> leased.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void anAccessIsItsThreadsOwn() throws Exception {
    assumeTrue(can(EngineTrait.LEASED_SEGMENTS), "the engine lends no segments");
    try (var region = mapped(TestFiles.pattern(100_000));
        var access = region.access()) {
      assertThat(access.segment().get(JAVA_BYTE, 5)).isEqualTo(TestFiles.patternAt(5));
      access.verify();
      var use = elsewhere(() -> access.segment().get(JAVA_BYTE, 0));
      assertThat(Patience.failure(use)).isInstanceOf(WrongThreadException.class);
      assertThat(Patience.failure(elsewhere(access::close)))
          .isInstanceOf(WrongThreadException.class);
      assertThat(access.segment().get(JAVA_BYTE, 5)).isEqualTo(TestFiles.patternAt(5));
    }
  }

  @Test
  void anAccessKeepsTheMemoryOfAClosedRegion() throws Exception {
    var region = mapped(TestFiles.pattern(100_000));
    var access = region.access();
    region.close();
    assertThat(access.segment().get(JAVA_BYTE, 99_999)).isEqualTo(TestFiles.patternAt(99_999));
    access.verify();
    assertThat(runtime.stats().activeRegions()).isEqualTo(1);
    access.close();
    access.close();
    assertThat(runtime.stats().activeRegions()).isZero();
    assertThatThrownBy(region::access)
        .isInstanceOf(AlreadyClosed.class)
        .hasMessage("access: region [" + region.path() + "] is already closed.");
  }

  @Test
  void aSharedSegmentIsForAllThreads() throws Exception {
    var region = mapped(TestFiles.pattern(100_000));
    SharedSegment shared = region.sharedSegment();
    MemorySegment segment = shared.segment();
    region.close();
    assertThat(segment.isReadOnly()).isTrue();
    assertThat(Patience.get(elsewhereGet(() -> segment.get(JAVA_BYTE, 77))))
        .isEqualTo(TestFiles.patternAt(77));
    assertThat(runtime.stats().mappedBytes()).isEqualTo(100_000);
    Patience.get(elsewhere(shared::close));
    shared.close();
    assertThat(runtime.stats().mappedBytes()).isZero();
    assertThatThrownBy(() -> segment.get(JAVA_BYTE, 77)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aChannelIsOnTheRegionsFileWhateverItsNameMeansByNow() throws Exception {
    Path path = files.patterned(100_000);
    try (var region = region(path, MAPPED)) {
      Files.delete(path);
      Files.writeString(path, "another file");
      assumeTrue(canOpenChannel(region), "no way from a descriptor to a channel here");
      try (var channel = region.openChannel()) {
        assertThat(channel.size()).isEqualTo(100_000);
      }
    }
  }

  @Test
  void aCopyHasNoChannel() throws Exception {
    try (var region = copied(new byte[100])) {
      assertThatThrownBy(region::openChannel)
          .isInstanceOf(Unsupported.class)
          .hasMessageContaining("Read the region instead");
    }
  }

  private static boolean canOpenChannel(MmapRegion region) throws Exception {
    try {
      region.openChannel().close();
      return true;
    } catch (Unsupported _) {
      return false;
    }
  }

  @Test
  void workOnAnInterruptedThreadGoesOn() throws Exception {
    Path path = files.patterned(100_000);
    Thread.currentThread().interrupt();
    try (var region = region(path, MAPPED)) {
      var target = new byte[100_000];
      assertThat(region.read(0, MemorySegment.ofArray(target))).isEqualTo(100_000);
      assertThat(target).isEqualTo(TestFiles.pattern(100_000));
      assertThat(region.<Byte>apply(memory -> memory.get(JAVA_BYTE, 9)))
          .isEqualTo(TestFiles.patternAt(9));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(region.toByteArray()).isEqualTo(target);
    } finally {
      Thread.interrupted();
    }
  }

  private static CompletableFuture<Void> elsewhere(Runnable work) {
    return CompletableFuture.runAsync(work, task -> Thread.ofPlatform().start(task))
        .handle((_, e) -> e)
        .thenCompose(RawAccessContract::unwrapped);
  }

  private static <T> CompletableFuture<T> elsewhereGet(java.util.function.Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofPlatform().start(task));
  }

  @SuppressWarnings("NullAway") // a future of Void holds nothing but null
  private static CompletableFuture<Void> unwrapped(Throwable e) {
    return e == null
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(e.getCause() == null ? e : e.getCause());
  }

  private static Object raise(Throwable e) throws FileException {
    switch (e) {
      case FileException checked -> throw checked;
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      default -> throw new AssertionError(e);
    }
  }
}
