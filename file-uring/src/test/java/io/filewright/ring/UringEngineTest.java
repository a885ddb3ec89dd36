package io.filewright.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AsyncFileHandle;
import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.testkit.TestFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the engines on event loops do beyond the contract.
@Timeout(60)
class UringEngineTest {

  private static final int SMALL = 4096;
  private static final int LARGE = 3 << 20;
  private static final int CYCLES = 5_000;

  @TempDir Path folder;

  @Test
  void noThreadOfOursIsHeldWhileFilesLoad() throws Exception {
    Path small = TestFiles.in(folder).patterned(SMALL);
    Path large = TestFiles.in(folder).patterned(LARGE);
    long before = Workers.count();
    try (var runtime = FileRuntime.builder().engine("io_uring").build()) {
      var handles = new ArrayList<AsyncFileHandle<MmapRegion>>();
      for (int i = 0; i < 64; i++) {
        handles.add(runtime.open(small, OpenOptions.readOnly()));
        handles.add(runtime.open(large, OpenOptions.readOnly().withPrefault(Prefault.ALL)));
      }
      for (var handle : handles) {
        try (handle) {
          handle.await();
        }
      }
      assertThat(Workers.count()).isLessThanOrEqualTo(before);
    }
  }

  @Test
  void regionsStayUsableAfterTheRuntimeIsClosed() throws Exception {
    Path path = TestFiles.in(folder).patterned(LARGE);
    MmapRegion region;
    try (var runtime = FileRuntime.builder().engine("io_uring").build()) {
      region = runtime.open(path, OpenOptions.readOnly().withPrefault(Prefault.NONE)).await();
    }
    try (region;
        Arena arena = Arena.ofShared()) {
      region.prefetch(0, region.byteSize()).get();
      assertThat(region.readAsync(0, arena.allocate(SMALL)).get()).isEqualTo(SMALL);
    }
  }

  @Test
  void handlesEndWhenTheRuntimeIsClosedMeanwhile() throws Exception {
    Path path = TestFiles.in(folder).patterned(LARGE);
    for (int round = 0; round < 20; round++) {
      var handles = new ArrayList<AsyncFileHandle<MmapRegion>>();
      try (var runtime = FileRuntime.builder().engine("io_uring").build()) {
        for (int i = 0; i < 300; i++) {
          handles.add(runtime.open(path, OpenOptions.readOnly().withPrefault(Prefault.ALL)));
        }
      }
      for (var handle : handles) {
        handle.closeAsync().get();
      }
    }
    assertNoDescriptorOf(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll"})
  void nothingIsLeftOfManyCycles(String engine) throws Exception {
    Path path = TestFiles.in(folder).patterned(SMALL);
    try (var runtime = FileRuntime.builder().engine(engine).build()) {
      for (int i = 0; i < CYCLES; i++) {
        var options = OpenOptions.readOnly();
        var handle = runtime.open(path, i % 2 == 0 ? options : options.withPrefault(Prefault.ALL));
        handle.await();
        handle.closeAsync().get();
      }
      var stats = runtime.stats();
      assertThat(stats.openDescriptors()).isZero();
      assertThat(stats.activeRegions()).isZero();
    }
    assertNoDescriptorOf(path);
  }

  private static void assertNoDescriptorOf(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(entries.map(UringEngineTest::target)).doesNotContain(path);
    }
  }

  private static Path target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (IOException _) {
      return descriptor; // closed meanwhile
    }
  }
}
