package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.AtomicFile;
import io.filewright.error.NoSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that really is full.
@Tag("faults-root")
class FullDiskTest {

  /// More than either file system holds.
  private static final int TOO_MANY_BYTES = 64 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "tmpfs"})
  void keepsTheOldFileWhenTheNewOneDoesNotFit(String type) throws Exception {
    try (var loop = LoopMount.mount("full " + type, type, folder.toRealPath())) {
      Path target = loop.folder().resolve("target");
      AtomicFile.write(target, Versioned.content(1, 100_000));

      assertThatThrownBy(() -> AtomicFile.write(target, new byte[TOO_MANY_BYTES]))
          .isInstanceOf(NoSpace.class)
          .hasMessage(
              "[%s] write: No space left on device. Free space, or raise the quota."
                  .formatted(target));

      assertThat(target).hasBinaryContent(Versioned.content(1, 100_000));
      try (var files = Files.list(loop.folder())) {
        assertThat(files.filter(file -> file.toString().endsWith(".filewright"))).isEmpty();
      }
      AtomicFile.write(target, Versioned.content(2, 100_000));
      assertThat(target).hasBinaryContent(Versioned.content(2, 100_000));
    }
  }
}
