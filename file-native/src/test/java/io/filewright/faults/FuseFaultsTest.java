package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.Backing;
import io.filewright.FileRuntime;
import io.filewright.Guard;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.Unsupported;
import io.filewright.faults.Outcome.Kind;
import io.filewright.memory.MemoryBudget;
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

  /// By default a small file is copied, as each of its pages may wait for the process that serves
  /// it; and no lease is taken, as that process need not respect it.
  @Test
  void isCopiedByDefaultAndNeverLeased() throws Exception {
    try (var fs = FaultyFs.mount(cell, real);
        var runtime = FileRuntime.builder().engine("populate").build()) {
      try (var region = runtime.openSync(fs.good(), OpenOptions.readOnly())) {
        assertThat(region.byteSize()).isGreaterThan(64 << 10);
        assertThat(region.backing()).isEqualTo(Backing.COPIED);
      }
      var mapped = OpenOptions.readOnly().withPrefault(Prefault.ALL);
      try (var region = runtime.openSync(fs.good(), mapped)) {
        assertThat(region.backing()).isEqualTo(Backing.MAPPED);
      }
      try (var small =
              FileRuntime.builder().engine("populate").budget(MemoryBudget.ofBytes(1000)).build();
          var region = small.openSync(fs.good(), OpenOptions.readOnly())) {
        assertThat(region.backing()).isEqualTo(Backing.MAPPED);
      }
      var leased = OpenOptions.readOnly().withGuard(Guard.KERNEL_LEASE);
      assertThatThrownBy(() -> runtime.openSync(fs.good(), leased).close())
          .isInstanceOf(Unsupported.class)
          .hasMessage(
              "[%s] lease: the process that serves fuse need not ask this kernel. Use Guard.SNAPSHOT."
                  .formatted(fs.good()));
      var support = runtime.support(fs.good()).get();
      assertThat(support.fileSystem().name()).isEqualTo("fuse");
      assertThat(support.rule()).isPresent();
      assertThat(support.mapping()).isEmpty();
    }
  }
}
