package io.filewright.atomic;

import static io.filewright.atomic.Folder.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.AtomicFile;
import io.filewright.error.AlreadyExists;
import io.filewright.error.Cancelled;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Interrupts, and several who replace one file at the same time.
class AtomicFileThreadsTest {

  private static final int WRITERS = 4;
  private static final int ROUNDS = 25;
  private static final int BYTES = 300_000;

  @TempDir Path folder;

  @Test
  void isNotDisturbedByAnInterruptThatIsPending() throws Exception {
    Path target = folder.resolve("target");
    Thread.currentThread().interrupt();
    try (AtomicFile file = AtomicFile.replacing(target)) {
      file.write(bytes("new"));
      file.write(ByteBuffer.allocateDirect(BYTES));
      file.commit();
    }
    assertThat(AtomicFile.sweep(folder)).isZero();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Files.size(target)).isEqualTo(BYTES + 3);
    assertThat(Folder.names(folder)).containsExactly("target");
  }

  @Test
  void anInterruptEndsACopyAndIsSaid() throws Exception {
    Path target = Files.write(folder.resolve("target"), content(1));
    Path source = Files.write(folder.resolve("source"), content(7));
    try (AtomicFile file = AtomicFile.replacing(target);
        var channel = FileChannel.open(source)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> file.copyFrom(channel, 0, BYTES))
          .isInstanceOf(Cancelled.class)
          .hasMessageContaining("the thread was interrupted");
      assertThat(Thread.interrupted()).isTrue();
      assertThatThrownBy(file::commit).isInstanceOf(Cancelled.class);
    }
    assertThat(target).hasBinaryContent(content(1));
    assertThat(Folder.names(folder)).containsExactlyInAnyOrder("source", "target");
  }

  /// Hit at any moment, on platform threads and on virtual ones.
  @Test
  void isNotDisturbedByAStormOfInterrupts() throws Exception {
    for (var builder : new Thread.Builder[] {Thread.ofPlatform(), Thread.ofVirtual()}) {
      Path target = folder.resolve("target");
      var failures = new ArrayList<Throwable>();
      var done = new AtomicBoolean();
      Thread writer =
          builder.start(
              () -> {
                try {
                  for (int i = 0; i < ROUNDS; i++) {
                    AtomicFile.write(target, content(i));
                  }
                } catch (Throwable e) {
                  failures.add(e);
                } finally {
                  done.set(true);
                }
              });
      while (!done.get()) {
        writer.interrupt();
        Thread.sleep(0, 20_000);
      }
      writer.join();
      assertThat(failures).isEmpty();
      assertThat(target).hasBinaryContent(content(ROUNDS - 1));
      assertThat(Folder.names(folder)).containsExactly("target");
    }
  }

  /// The last one wins; nobody ever sees a mixture, and nobody sweeps another's temporary.
  @Test
  void letsTheLastOfManyWriters() throws Exception {
    Path target = folder.resolve("target");
    AtomicFile.write(target, content(0));
    var done = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> reader = threads.submit(() -> readWhole(target, done));
      var writers = new ArrayList<Future<?>>();
      for (int w = 0; w < WRITERS; w++) {
        int writer = w;
        Callable<Void> task =
            () -> {
              for (int i = 0; i < ROUNDS; i++) {
                AtomicFile.write(target, content(writer * ROUNDS + i));
              }
              return null;
            };
        writers.add(threads.submit(task));
      }
      for (Future<?> writer : writers) {
        var _ = writer.get();
      }
      done.set(true);
      assertThat(reader.get()).isPositive();
    }
    assertThat(Folder.names(folder)).containsExactly("target");
  }

  @Test
  void letsOneOfManyCreators() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Path target = folder.resolve("target" + round);
      try (var threads = Executors.newFixedThreadPool(WRITERS)) {
        var created = new ArrayList<Future<Integer>>();
        for (int w = 0; w < WRITERS; w++) {
          int writer = w;
          created.add(threads.submit(() -> created(target, writer)));
        }
        int winners = 0;
        for (Future<Integer> winner : created) {
          int who = winner.get();
          if (who >= 0) {
            winners++;
            assertThat(target).hasBinaryContent(new byte[] {(byte) who});
          }
        }
        assertThat(winners).isEqualTo(1);
      }
    }
    assertThat(Folder.names(folder)).hasSize(ROUNDS);
  }

  private static int created(Path target, int writer) throws Exception {
    try (AtomicFile file = AtomicFile.creating(target)) {
      file.write(ByteBuffer.wrap(new byte[] {(byte) writer}));
      file.commit();
      return writer;
    } catch (AlreadyExists _) {
      return -1;
    }
  }

  private static int readWhole(Path target, AtomicBoolean done) throws Exception {
    int reads = 0;
    while (!done.get()) {
      byte[] read = Files.readAllBytes(target);
      assertThat(read).hasSize(BYTES);
      assertThat(Arrays.equals(read, content(read[0]))).isTrue();
      reads++;
    }
    return reads;
  }

  private static byte[] content(int version) {
    var bytes = new byte[BYTES];
    Arrays.fill(bytes, (byte) version);
    return bytes;
  }
}
