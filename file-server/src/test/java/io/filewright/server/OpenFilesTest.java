package io.filewright.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.FileRuntime;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.testkit.FaultyEngine;
import io.filewright.testkit.SpiCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OpenFilesTest {

  /// What a file counts for that is not held in memory.
  private static final int ONE = 64 << 10;

  @TempDir private Path root;
  private final FileRuntime plain = runtime(FileRuntime.builder());
  private FileRuntime runtime = plain;

  @AfterEach
  void holdsNothing() throws Exception {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (runtime.stats().activeRegions() + runtime.stats().openDescriptors() > 0) {
      assertThat(System.nanoTime()).as(runtime.stats().toString()).isLessThan(deadline);
      Thread.sleep(5);
    }
    runtime.close();
    plain.close();
  }

  @Test
  void whatIsOnlyRememberedMakesRoom() throws Exception {
    try (var files = new OpenFiles(runtime, root, 4 * ONE)) {
      for (int i = 0; i < 50; i++) {
        files.open(large("file-" + i)).release();
      }
      assertThat(files.glance("file-49").orElseThrow().release()).isFalse();
    }
  }

  @Test
  void whatManyRememberAtOnceMakesRoom() throws Exception {
    for (int i = 0; i < 200; i++) {
      large("file-" + i);
    }
    try (var files = new OpenFiles(runtime, root, 40 * ONE);
        var threads = Executors.newFixedThreadPool(8)) {
      Callable<Boolean> look =
          () -> {
            for (int i = 0; i < 200; i++) {
              files.open("file-" + i).release();
            }
            return true;
          };
      for (var looked : threads.invokeAll(Collections.nCopies(8, look))) {
        assertThat(looked.get()).isTrue();
      }
    }
  }

  @Test
  void filesThatAreOnlyKeptMakeRoomForDescriptors() throws Exception {
    runtime = runtime(FileRuntime.builder().maxRegions(4));
    try (var files = new OpenFiles(runtime, root, 100 * ONE)) {
      for (int i = 0; i < 50; i++) {
        files.open(large("file-" + i)).release();
      }
    }
  }

  @Test
  void whatIsBeingSentCountsUntilItsEnd() throws Exception {
    large("a");
    large("b");
    try (var files = new OpenFiles(runtime, root, ONE)) {
      FileUse sent = files.open("a");
      files.age();
      assertThat(files.glance("a")).isEmpty();
      assertThatThrownBy(() -> files.open("b")).isInstanceOf(MemoryLimitExceeded.class);
      assertThat(sent.release()).isTrue();
      files.open("b").release();
    }
  }

  @Test
  void aLookThatEndsAfterTheCloseIsNotRemembered() throws Exception {
    var engine = FaultyEngine.over(plain.engine());
    runtime = runtime(FileRuntime.builder().engine(engine));
    large("a");
    var gate = engine.block(SpiCall.OPEN);
    var files = new OpenFiles(runtime, root, ONE);
    try (var thread = Executors.newSingleThreadExecutor()) {
      var look = thread.submit(() -> files.open("a"));
      gate.awaitReached(Duration.ofSeconds(20));
      files.close();
      gate.release();
      assertThat(look.get(20, TimeUnit.SECONDS).release()).isTrue();
    }
  }

  @SuppressWarnings("MustBeClosed") // after each test
  private static FileRuntime runtime(FileRuntime.Builder builder) {
    try {
      return builder.callbackExecutor(Runnable::run).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String large(String name) throws IOException {
    Files.write(root.resolve(name), new byte[ONE + 1]);
    return name;
  }
}
