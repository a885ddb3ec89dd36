package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AsyncFiles;
import io.filewright.MmapAdvice;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of which the kernel does not tell what is in memory.
@Tag("faults")
class ForeignFileTest {

  private static final int NOBODY = 65_534;
  private static final int BYTES = 1 << 20;

  /// Without these root is a user like any other.
  private static final String PRIVILEGES = "-dac_override,-dac_read_search,-fowner";

  @TempDir Path folder;

  @Test
  void doesNotTakeTheKernelsWordForFilesOfOthers() throws Exception {
    var cell = "doesNotTakeTheKernelsWordForFilesOfOthers";
    Needs.root(cell);
    Needs.tool(cell, "setpriv");
    Path own = coldFile("own", 0);
    Path foreign = coldFile("foreign", NOBODY);

    Child child =
        Child.Launch.of(ForeignFileProgram.class)
            .wrappedBy(
                List.of("setpriv", "--bounding-set=" + PRIVILEGES, "--inh-caps=" + PRIVILEGES))
            .run(folder, own, foreign);

    assertThat(child.exitCode()).as("exit code of %s", child).isZero();
    for (String engine : List.of("populate", "portable")) {
      assertThat(child.text(engine + ".own")).isEqualTo("0 of 256 pages of 4096 bytes, false");
      assertThat(child.text(engine + ".foreign"))
          .isEqualTo("nobody knows how many of 256 pages of 4096 bytes, false");
    }
    assertThat(child.text("jdk.own")).isEqualTo("false");
    assertThat(child.text("jdk.foreign")).as("what mincore says").isEqualTo("true");
  }

  private Path coldFile(String name, int owner) throws Exception {
    Path file = Content.write(folder.toRealPath().resolve(name), BYTES);
    try (var written = new RandomAccessFile(file.toFile(), "rw")) {
      written.getFD().sync();
    }
    try (var region =
        AsyncFiles.openSync(file, OpenOptions.readOnly().withPrefault(Prefault.NONE))) {
      region.advise(MmapAdvice.EVICT);
      assertThat(region.residency().residentPages()).isZero();
    }
    Files.setAttribute(file, "unix:uid", owner);
    return file;
  }
}
