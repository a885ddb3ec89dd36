package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.Backing;
import io.filewright.FileRuntime;
import io.filewright.Guard;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.InUse;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.error.NoSpace;
import io.filewright.error.PermissionDenied;
import io.filewright.memory.MemoryBudget;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What depends on the file system: snapshots that share blocks, leases, full disks.
@Tag("faults-root")
class FileSystemFaultsTest {

  private static final int SIZE = 1 << 20;
  private static final OpenOptions<MmapRegion> SNAPSHOT =
      OpenOptions.readOnly().withGuard(Guard.SNAPSHOT).withPrefault(Prefault.ALL);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"xfs, true", "btrfs, true", "ext4, false", "tmpfs, false"})
  void snapshotsShareBlocksWhereTheFileSystemCan(String type, boolean shares) throws Exception {
    var budget = MemoryBudget.ofBytes(2 * SIZE);
    try (var loop = LoopMount.mount("snapshot on " + type, type, folder.toRealPath());
        var runtime = FileRuntime.builder().engine("populate").budget(budget).build()) {
      Path file = Content.write(loop.folder().resolve("file"), SIZE);
      byte[] expected = Files.readAllBytes(file);
      try (var snapshot = runtime.openSync(file, SNAPSHOT);
          var tail = runtime.openSync(file, SNAPSHOT.withRange(4097, SIZE))) {
        assertThat(snapshot.backing()).isEqualTo(shares ? Backing.MAPPED : Backing.COPIED);
        assertThat(budget.usedBytes()).isEqualTo(shares ? 0 : 2L * SIZE - 4097);
        Files.write(file, new byte[100], StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(Arrays.equals(snapshot.toByteArray(), expected)).isTrue();
        assertThat(tail.byteSize()).isEqualTo(SIZE - 4097);
        assertThat(Arrays.equals(tail.toByteArray(), Arrays.copyOfRange(expected, 4097, SIZE)))
            .isTrue();
        assertThat(snapshot.<Boolean>apply(MemorySegment::isReadOnly)).isTrue();
      }
      assertThat(budget.usedBytes()).isZero();
      assertThat(runtime.stats().openDescriptors()).isZero();
      try (var names = Files.list(loop.folder())) {
        assertThat(names.map(name -> name.getFileName().toString()))
            .containsOnly(
                type.equals("ext4") ? new String[] {"file", "lost+found"} : new String[] {"file"});
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "tmpfs"})
  void aSnapshotThatIsACopyMustFitInTheBudget(String type) throws Exception {
    var budget = MemoryBudget.ofBytes(SIZE - 1);
    try (var loop = LoopMount.mount("snapshot budget on " + type, type, folder.toRealPath());
        var runtime = FileRuntime.builder().engine("populate").budget(budget).build()) {
      Path file = Content.write(loop.folder().resolve("file"), SIZE);
      assertThatThrownBy(() -> runtime.openSync(file, SNAPSHOT).close())
          .isInstanceOf(MemoryLimitExceeded.class);
      assertThat(budget.usedBytes()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs"})
  void leasesWorkOnFileSystemsOfThisMachine(String type) throws Exception {
    try (var loop = LoopMount.mount("lease on " + type, type, folder.toRealPath());
        var runtime = FileRuntime.builder().engine("populate").build()) {
      Path file = Content.write(loop.folder().resolve("file"), SIZE);
      try (var region =
          runtime.openSync(file, OpenOptions.readOnly().withGuard(Guard.KERNEL_LEASE))) {
        var _ = Shell.run("sh", "-c", ": > " + file).orFail();
        assertThatThrownBy(region::toByteArray).isInstanceOf(InUse.class);
      }
    }
  }

  /// The disk is full: the open and the resize say so, and leave no half of a file.
  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs"})
  void aFullDiskIsNoSpaceBeforeTheFirstStore(String type) throws Exception {
    try (var loop = LoopMount.mount("full " + type, type, folder.toRealPath());
        var runtime = FileRuntime.builder().engine("populate").build()) {
      Path file = loop.folder().resolve("file");
      try (var region = runtime.openSync(file, OpenOptions.create(SIZE))) {
        assertThatThrownBy(() -> region.resize(2L << 30)).isInstanceOf(NoSpace.class);
        assertThat(region.byteSize()).isEqualTo(SIZE);
        assertThat(file).hasSize(SIZE);
        region.fill(0, SIZE, (byte) 1);
        region.force();
      }
      assertThatThrownBy(() -> runtime.openSync(file, OpenOptions.create(2L << 30)).close())
          .isInstanceOf(NoSpace.class)
          .hasMessage(
              ("[%s] allocate(offset=0, size=2147483648): no space is left (ENOSPC). Free space, or"
                      + " raise the quota.")
                  .formatted(file));
      assertThat(file).hasSize(SIZE);
      assertThat(Files.readAllBytes(file)).containsOnly(1);
    }
  }

  /// A private version needs no more than to read, and goes wherever one may write.
  @Test
  void aPrivateVersionOfAFileThatNobodyMayWrite() throws Exception {
    try (var loop = LoopMount.mount("read-only bind mount", "tmpfs", folder.toRealPath());
        var runtime = FileRuntime.builder().engine("populate").build()) {
      Path data = Files.createDirectory(loop.folder().resolve("data"));
      Path view = Files.createDirectory(loop.folder().resolve("view"));
      byte[] before = Files.readAllBytes(Content.write(data.resolve("file"), SIZE));
      var _ = Shell.run("mount", "--bind", data, view).orFail();
      var _ = Shell.run("mount", "-o", "remount,bind,ro", view).orFail();
      Path file = view.resolve("file");

      assertThatThrownBy(() -> runtime.openSync(file, OpenOptions.readWrite()).close())
          .isInstanceOf(PermissionDenied.class)
          .hasMessageContaining("(EROFS)");
      try (var region = runtime.openSync(file, OpenOptions.copyOnWrite())) {
        assertThat(region.backing()).isEqualTo(Backing.MAPPED);
        region.fill(1, 4097, (byte) 1);
        assertThatThrownBy(() -> region.commitTo(file)).isInstanceOf(PermissionDenied.class);
        region.commitTo(data.resolve("committed"));
      }

      assertThat(file).hasBinaryContent(before);
      Arrays.fill(before, 1, 4097, (byte) 1);
      assertThat(data.resolve("committed")).hasBinaryContent(before);
      assertThat(runtime.stats().openDescriptors()).isZero();
    }
  }
}
