package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.faults.Outcome.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file system of our own whose pages cannot be read, or whose opens hang.
@Tag("faults-root")
class FuseFaultsTest {

  private static final int SOON_MILLIS = 2_000;
  private static final int AT_ONCE_MILLIS = 250;

  @TempDir Path folder;
  private String cell;
  private Path real;

  @BeforeEach
  void needsRoot(TestInfo test) throws Exception {
    cell = "fuse " + test.getDisplayName();
    real = folder.toRealPath();
    Needs.root(cell);
  }

  /// In the interpreter and in code of either compiler, which learn of a fault at different
  /// moments.
  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"})
  void survivesAPageThatCannotBeRead(String mode) throws Exception {
    try (var fs = FaultyFs.mount(cell, real)) {
      fs.begin("eio");
      int warmUps = mode.equals("-Xint") ? 1 : 10;

      Child child =
          Child.Launch.of(BadPageProgram.class)
              .with(mode)
              .atMost(60)
              .run(folder, fs.good(), fs.bad(), FaultyFs.BAD_FROM, FaultyFs.FILE_BYTES, warmUps);

      assertThat(child.exitCode()).as("exit code of %s", child).isZero();
      BadPages.failsTyped(child, fs.bad(), "EIO");
      BadPages.holdsNothing(child);
    }
  }

  @Test
  void isNotHeldUpByAnOpenThatHangs() throws Exception {
    Path local = Content.write(real.resolve("local"), SmallFileOperations.BYTES);
    try (var fs = FaultyFs.mount(cell, real)) {
      fs.begin("hang");

      Child child =
          Child.Launch.of(HungOpenProgram.class)
              .atMost(60)
              .run(folder, fs.slow(), fs.good(), local, fs.control().resolve("hang"));

      assertThat(child.exitCode()).as("exit code of %s", child).isZero();
      for (var other : List.of("good", "local")) {
        assertThat(child.last(other).kind()).as("%s", child).isEqualTo(Kind.OK);
        assertThat(child.number(other + "Millis")).isLessThan(SOON_MILLIS);
      }
      assertThat(child.last("timeout").type()).isEqualTo("Timeout");
      assertThat(child.number("timeoutMillis")).isLessThan(SOON_MILLIS);
      assertThat(child.last("cancel").type()).isEqualTo("Cancelled");
      assertThat(child.number("cancelMillis")).isLessThan(AT_ONCE_MILLIS);
      assertThat(child.last("close").text()).isEqualTo("Failed");
      assertThat(child.number("closeMillis")).isLessThan(AT_ONCE_MILLIS);
      assertThat(child.number("stillHung")).as("%s", child).isEqualTo(4);
      assertThat(child.last("released").kind()).as("%s", child).isEqualTo(Kind.OK);
      BadPages.holdsNothing(child);
    }
  }
}
