package io.filewright.lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.stream.LazyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Values that are made of files, and files that change.
class LazyFilesTest {

  @TempDir Path folder;
  private Path file = Path.of("");
  private final LazyLoader<Path, String> loader =
      LazyLoader.<Path, String>builder(100, Files::readString, String::length)
          .watching(path -> path)
          .build();

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("file"), "old");
  }

  @AfterEach
  void close() {
    loader.close();
  }

  @Test
  void keepsWhatHasNotChanged() throws Exception {
    assertThat(content()).isEqualTo("old");
    assertThat(content()).isEqualTo("old");
    assertThat(loader.stats().loads()).isEqualTo(1);
  }

  @Test
  void seesAnotherSize() throws Exception {
    assertThat(content()).isEqualTo("old");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "newer");
    Files.setLastModifiedTime(file, time);
    assertThat(content()).isEqualTo("newer");
  }

  @Test
  void seesAnotherTime() throws Exception {
    assertThat(content()).isEqualTo("old");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "new");
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() - 1));
    assertThat(content()).isEqualTo("new");
  }

  @Test
  void seesAnotherFile() throws Exception {
    assertThat(content()).isEqualTo("old");
    Path other = Files.writeString(folder.resolve("other"), "new");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(content()).isEqualTo("new");
  }

  @Test
  void seesThatItIsGoneAndThatItIsBack() throws Exception {
    assertThat(content()).isEqualTo("old");
    Files.delete(file);
    assertThatThrownBy(this::content).isInstanceOf(NoSuchFileException.class);
    Files.writeString(file, "back");
    assertThat(content()).isEqualTo("back");
    assertThat(loader.stats().keptValues()).isEqualTo(1);
  }

  @Test
  void whoJoinsALoadThatBeganBeforeAChangeGetsTheChange() throws Exception {
    var hasRead = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    try (var slow =
            LazyLoader.<Path, String>builder(
                    100,
                    path -> {
                      String read = Files.readString(path);
                      hasRead.countDown();
                      Awaited.end(mayEnd);
                      return read;
                    },
                    String::length)
                .watching(path -> path)
                .build();
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var first = threads.submit(() -> Awaited.content(slow, file));
      hasRead.await();
      Files.writeString(file, "newer");
      var joined = new FutureTask<>(() -> Awaited.content(slow, file));
      var thread = new Thread(joined);
      thread.start();
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      mayEnd.countDown();
      assertThat(first.get()).isEqualTo("old");
      assertThat(joined.get()).isEqualTo("newer");
    }
  }

  private static final class Awaited {
    static void end(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    static String content(LazyLoader<Path, String> loader, Path file) throws Exception {
      try (var borrowed = loader.get(file)) {
        return borrowed.value();
      }
    }
  }

  private String content() throws Exception {
    try (var borrowed = loader.get(file)) {
      return borrowed.value();
    }
  }
}
