package io.filewright.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.Guard;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.InUse;
import io.filewright.error.Unsupported;
import io.filewright.spi.FileLocking;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Locks on files: against other descriptors of this process, and against other processes.
abstract class LockingContract extends ContractFixture {

  private static final OpenOptions<? extends MmapRegion> EXCLUSIVE =
      OpenOptions.readWrite().withFileLock(FileLocking.EXCLUSIVE);
  private static final OpenOptions<? extends MmapRegion> SHARED =
      OpenOptions.readOnly().withFileLock(FileLocking.SHARED);

  private static OpenOptions<? extends MmapRegion> locked(FileLocking locking) {
    return locking == FileLocking.EXCLUSIVE ? EXCLUSIVE : SHARED;
  }

  @ParameterizedTest
  @CsvSource({"EXCLUSIVE,EXCLUSIVE", "EXCLUSIVE,SHARED", "SHARED,EXCLUSIVE"})
  void aLockExcludesAnotherDescriptor(FileLocking first, FileLocking second) throws Exception {
    Path path = files.patterned(100);
    try (var _ = runtime.openSync(path, locked(first))) {
      assertThatThrownBy(() -> runtime.openSync(path, locked(second)).close())
          .isInstanceOf(InUse.class)
          .hasMessageMatching(
              "\\[\\Q%s\\E\\] lock: somebody else holds a lock on it( \\(EAGAIN\\))?\\. Wait until they"
                      .formatted(path)
                  + " let go of it, or open it without a lock\\.");
      try (var handle = runtime.open(path, locked(second))) {
        assertThatThrownBy(handle::await).isInstanceOf(InUse.class);
      }
      try (var unlocked = runtime.openSync(path, MAPPED)) {
        assertThat(unlocked.byteSize()).isEqualTo(100);
      }
    }
  }

  @Test
  void sharedLocksOfOneProcessGoTogether() throws Exception {
    assumeTrue(can(EngineTrait.DESCRIPTOR_LOCKS), "the engine's locks are the process'");
    Path path = files.patterned(100);
    try (var _ = runtime.openSync(path, SHARED);
        var second = runtime.openSync(path, SHARED)) {
      assertThat(second.toByteArray()).isEqualTo(TestFiles.pattern(100));
    }
  }

  /// By nature a lock of POSIX ends when any descriptor of the file is closed.
  @Test
  void aLockOutlivesOtherDescriptors() throws Exception {
    assumeTrue(can(EngineTrait.DESCRIPTOR_LOCKS), "the engine's locks are the process'");
    Path path = files.patterned(100);
    try (var _ = runtime.openSync(path, EXCLUSIVE)) {
      assertThat(Files.readAllBytes(path)).hasSize(100);
      assertThatThrownBy(() -> runtime.openSync(path, SHARED).close()).isInstanceOf(InUse.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 100_000})
  void aLockEndsWithTheLastUseOfItsRegion(int size) throws Exception {
    Path path = files.patterned(size);
    var region = runtime.openSync(path, SHARED);
    var slice = region.slice(0, size);
    region.close();
    assertThatThrownBy(() -> runtime.openSync(path, EXCLUSIVE).close()).isInstanceOf(InUse.class);
    slice.close();
    runtime.openSync(path, EXCLUSIVE).close();
    runtime.openSync(path, EXCLUSIVE).close();
  }

  @Test
  void aSnapshotIsLockedOnlyWhileItIsMade() throws Exception {
    Path path = files.patterned(100_000);
    var options = OpenOptions.readOnly().withGuard(Guard.SNAPSHOT).withFileLock(FileLocking.SHARED);
    try (var snapshot = runtime.openSync(path, options);
        var other = runtime.openSync(path, EXCLUSIVE)) {
      assertThat(snapshot.mismatch(other)).isEqualTo(-1);
    }
    try (var _ = runtime.openSync(path, EXCLUSIVE)) {
      assertThatThrownBy(() -> runtime.openSync(path, options).close()).isInstanceOf(InUse.class);
    }
  }

  @Test
  void aFileThatDoesNotSayItsSizeIsNotLocked() {
    Path path = Path.of("/proc/self/status");
    assumeTrue(Files.exists(path), "there is no /proc");
    assertThatThrownBy(() -> runtime.openSync(path, SHARED).close())
        .isInstanceOf(Unsupported.class)
        .hasMessageContaining("a copy is not locked");
  }

  @ParameterizedTest
  @CsvSource({
    "EXCLUSIVE,EXCLUSIVE,true",
    "EXCLUSIVE,SHARED,true",
    "SHARED,EXCLUSIVE,true",
    "SHARED,SHARED,false"
  })
  void locksBindOtherProcesses(FileLocking ours, FileLocking theirs, boolean excluded)
      throws Exception {
    Path path = files.patterned(100);
    try (var _ = runtime.openSync(path, locked(ours));
        var other = new OtherProcess(path, theirs)) {
      assertThat(other.answer()).isEqualTo(excluded ? "refused" : "locked");
    }
    try (var other = new OtherProcess(path, theirs)) {
      assertThat(other.answer()).isEqualTo("locked");
      if (excluded) {
        assertThatThrownBy(() -> runtime.openSync(path, locked(ours)).close())
            .isInstanceOf(InUse.class);
      } else {
        runtime.openSync(path, locked(ours)).close();
      }
    }
  }

  /// Another JVM that asks for a lock, and ends when it is closed.
  private static final class OtherProcess implements AutoCloseable {
    private final Process process;

    OtherProcess(Path path, FileLocking locking) throws IOException {
      this.process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xshare:auto",
                  "-XX:TieredStopAtLevel=1",
                  "--class-path",
                  System.getProperty("java.class.path"),
                  LockProgram.class.getName(),
                  path.toString(),
                  Boolean.toString(locking == FileLocking.SHARED))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    }

    String answer() throws IOException {
      return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    }

    @Override
    public void close() throws IOException {
      process.getOutputStream().close();
      assertThat(process.onExit().join().exitValue()).isZero();
    }
  }
}
