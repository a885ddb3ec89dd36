package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AtomicFile;
import io.filewright.faults.Versioned.Finding;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Power cuts: what was acknowledged is there and whole, whatever the device's cache has lost. Two
/// ways of writing that look right show that the test would notice.
@Tag("faults-root")
class PowerLossTest {

  private static final int POINTS = 520;
  private static final int CONTROL_POINTS = 60;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void losesNothingThatWasAcknowledged(FileSystemKind kind) throws Exception {
    Map<Finding, Integer> replaced = tally(kind, "replaced", POINTS, AtomicFile::write);
    Map<Finding, Integer> inPlace = tally(kind, "inPlace", CONTROL_POINTS, PowerLossTest::inPlace);
    Map<Finding, Integer> unsynced =
        tally(kind, "unsynced", CONTROL_POINTS, PowerLossTest::withoutDirectorySync);

    System.out.println(
        "power cuts on %s: %s; in place %s; without fsync of the directory %s"
            .formatted(kind, replaced, inPlace, unsynced));
    assertThat(replaced).isEqualTo(Map.of(Finding.GOOD, POINTS));
    assertThat(inPlace.getOrDefault(Finding.TORN, 0)).isPositive();
    assertThat(unsynced.getOrDefault(Finding.LOST, 0)).isPositive();
    assertThat(unsynced).doesNotContainKey(Finding.TORN);
  }

  private Map<Finding, Integer> tally(
      FileSystemKind kind, String name, int points, PowerCuts.Writing writing) throws Exception {
    Path place = Files.createDirectory(folder.toRealPath().resolve(name));
    return PowerCuts.tally("power loss on " + kind, kind, place, points, writing);
  }

  /// The control: half of it may be on the disk.
  private static void inPlace(Path target, byte[] content) throws IOException {
    try (var file = new RandomAccessFile(target.toFile(), "rw")) {
      file.write(content);
      file.getFD().sync();
    }
  }

  /// The other control: the new content is on the disk, but not its name.
  private static void withoutDirectorySync(Path target, byte[] content) throws IOException {
    Path temporary = target.resolveSibling("temporary");
    try (var file = new RandomAccessFile(temporary.toFile(), "rw")) {
      file.write(content);
      file.getFD().sync();
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
