package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.faults.Outcome.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files, file systems and devices that go away while a file of theirs is mapped.
@Tag("faults-root")
class LoopFaultsTest {

  private static final List<String> READS = List.of("read", "checksum", "apply", "populate");

  @TempDir Path folder;

  /// What is mapped stays until it is unmapped; only its name is gone.
  @ParameterizedTest
  @ValueSource(strings = {"ext4", "tmpfs"})
  void readsOnFromADeletedFile(String type) throws Exception {
    try (var loop = LoopMount.mount("deleted on " + type, type, folder.toRealPath())) {
      Path file = file(loop);

      Child child = run(file, "rm", file);

      READS.forEach(read -> assertThat(child.last(read).kind()).isEqualTo(Kind.OK));
      assertThat(child.last("openSync").type()).isEqualTo("NotFound");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "tmpfs"})
  void saysThatAFileWasTruncated(String type) throws Exception {
    try (var loop = LoopMount.mount("truncated on " + type, type, folder.toRealPath())) {
      Path file = file(loop);

      Child child = run(file, "truncate", "-s", "4097", file);

      READS.forEach(
          read -> {
            assertThat(child.last(read).type()).as(read).isEqualTo("Truncated");
            assertThat(child.last(read).text()).contains("it now ends at byte 4097");
          });
      assertThat(child.last("openSync").kind()).isEqualTo(Kind.OK);
    }
  }

  /// The kernel keeps the file system until the last file is closed.
  @ParameterizedTest
  @ValueSource(strings = {"ext4", "tmpfs"})
  void readsOnAfterALazyUnmount(String type) throws Exception {
    try (var loop = LoopMount.mount("unmounted " + type, type, folder.toRealPath())) {
      Path file = file(loop);

      Child child = run(file, "umount", "-l", loop.folder());

      READS.forEach(read -> assertThat(child.last(read).kind()).isEqualTo(Kind.OK));
      assertThat(child.last("openSync").type()).isEqualTo("NotFound");
    }
  }

  /// The pages are evicted, and the image that stands for the device has lost them.
  @Test
  void saysThatTheDeviceFailed() throws Exception {
    try (var loop = LoopMount.mount("vanished ext4", "ext4", folder.toRealPath())) {
      Path file = file(loop);

      Child child = run(file, "truncate", "-s", "0", loop.image());

      READS.forEach(
          read -> assertThat(child.last(read).type()).as("%s", child).isEqualTo("DeviceFailed"));
      assertThat(child.last("read").errno()).isEqualTo("EIO");
    }
  }

  private static Path file(LoopMount loop) throws Exception {
    return Content.write(loop.folder().resolve("file"), LargeFileOperations.BYTES);
  }

  private Child run(Path file, Object... command) throws Exception {
    var arguments = new ArrayList<Object>(List.of(file));
    arguments.addAll(List.of(command));

    Child child = Child.Launch.of(VanishProgram.class).run(folder, arguments.toArray());

    assertThat(child.exitCode()).as("exit code of %s", child).isZero();
    assertThat(child.outcomes(Kind.ALIEN)).isEmpty();
    assertThat(child.last("before").kind()).isEqualTo(Kind.OK);
    assertThat(child.last("command").kind()).isEqualTo(Kind.OK);
    BadPages.holdsNothing(child);
    return child;
  }
}
