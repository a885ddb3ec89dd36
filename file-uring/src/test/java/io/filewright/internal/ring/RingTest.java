package io.filewright.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.internal.os.OpenCall;
import io.filewright.internal.os.Os;
import io.filewright.internal.os.Platform;
import io.filewright.internal.os.Statx;
import io.filewright.spi.OpenRequest;
import io.filewright.testkit.TestFiles;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Bounds and ends of a ring.
@Timeout(30)
class RingTest {

  private static final int O_RDWR = 2;
  private static final int AT_FDCWD = -100;
  private static final int WORKERS = 8;
  private static final int MANY = 5_000;
  private static final int SIZE = 4096;

  @TempDir Path folder;
  private final Os os = ((Platform.Supported) Platform.current()).os();
  private final Ring ring = new Ring(WORKERS, Runnable::run);
  private final Arena arena = Arena.ofShared();

  @AfterEach
  void close() throws Exception {
    ring.close();
    assertThat(ring.termination().await(10, TimeUnit.SECONDS)).isTrue();
    arena.close();
  }

  @Test
  void theKernelNeverHasMoreThanTheBound() throws Exception {
    int descriptor = os.open(OpenRequest.forReading(TestFiles.in(folder).patterned(SIZE)));
    var reads = new ArrayList<CompletableFuture<Integer>>();
    for (int i = 0; i < MANY; i++) {
      reads.add(read(descriptor, 0, 0, SIZE));
    }
    for (var read : reads) {
      assertThat(read.get()).isEqualTo(SIZE);
    }
    os.close(descriptor);
    assertThat(most()).isGreaterThan(1).isLessThanOrEqualTo(Ring.MOST_IN_FLIGHT);
  }

  @Test
  void aCloseWaitsForWhatIsUnderWayAndCancelsWhatDoesNotEnd() throws Exception {
    int pipe = openFifo();
    var stuck = read(pipe, -1, 1, 10);
    List<CompletableFuture<Integer>> waiting = new ArrayList<>();
    for (int i = 0; i < Ring.MOST_IN_FLIGHT; i++) {
      waiting.add(read(pipe, -1, 1, 10));
    }
    ring.close();

    assertThat(waiting.getLast().get()).isEqualTo(Operation.NOT_DONE);
    assertThat(stuck.get(10, TimeUnit.SECONDS)).isEqualTo(Operation.NOT_DONE);
    assertThat(ring.termination().await(10, TimeUnit.SECONDS)).isTrue();
    os.close(pipe);
  }

  @Test
  void afterItsEndNothingIsDoneAndNothingHangs() throws Exception {
    ring.close();
    assertThat(ring.termination().await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(read(0, 0, 0, 1).get()).isEqualTo(Operation.NOT_DONE);
    assertThatThrownBy(() -> ring.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aPathLongerThanAnyIsTheKernelsToRefuse() {
    var memory = new OpenMemory(os);
    memory.set(OpenCall.of(OpenRequest.forReading(Path.of("/" + "x/".repeat(5_000)))));
    assertThat(memory.status().byteSize()).isZero();
    memory.free();
    assertThat(Statx.BYTES).isEqualTo(256);
  }

  private int most() throws Exception {
    var most = new CompletableFuture<Integer>();
    ring.execute(() -> most.complete(ring.mostFlying()));
    return most.get();
  }

  private CompletableFuture<Integer> read(int descriptor, long offset, int flags, int size) {
    var done = new CompletableFuture<Integer>();
    var target = arena.allocate(size);
    var call = new Operation.Call(Operation.READ, descriptor, offset, target.address(), size, 0);
    var operation = Operation.repeatable(call, target, done::complete);
    ring.submit(flags == 0 ? operation : operation.onKernelThread());
    return done;
  }

  private int openFifo() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    var done = new CompletableFuture<Integer>();
    var path = arena.allocateFrom(fifo.toString());
    ring.submit(
        Operation.once(
            new Operation.Call(Operation.OPENAT, AT_FDCWD, 0, path.address(), 0, O_RDWR),
            path,
            done::complete));
    return done.get();
  }
}
