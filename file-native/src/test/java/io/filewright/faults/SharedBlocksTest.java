package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AtomicFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `copyFrom` leaves to the kernel, that shares blocks where the file system can: it clones
/// first, and copies what it cannot clone.
@Tag("faults-root")
class SharedBlocksTest {

  /// More than fits twice.
  private static final int SIZE = 150 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"xfs"})
  void aCopyTakesNoSpace(String type) throws Exception {
    try (var loop = LoopMount.mount("shared blocks " + type, type, folder.toRealPath())) {
      Path source = Files.write(loop.folder().resolve("source"), Versioned.content(1, SIZE));
      Path target = loop.folder().resolve("target");
      try (var channel = FileChannel.open(source);
          AtomicFile file = AtomicFile.replacing(target)) {
        channel.force(true);
        assertThat(Files.getFileStore(source).getUsableSpace()).isLessThan(SIZE);
        assertThat(file.copyFrom(channel, 0, SIZE)).isEqualTo(SIZE);
        file.commit();
      }
      assertThat(target).hasSameBinaryContentAs(source);
    }
  }
}
