package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.faults.Outcome.Kind;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Limits of the process, by prlimit: each is answered by an exception of its own, and all is well
/// again below it.
@Tag("faults")
class LimitFaultsTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeFile() throws Exception {
    file = Content.write(folder.toRealPath().resolve("file"), LargeFileOperations.BYTES);
  }

  @Test
  void saysThatNoDescriptorIsLeft() throws Exception {
    Child child = run("descriptors", List.of("prlimit", "--nofile=64:64"));

    for (var operation : List.of("exhausted.openSync", "exhausted.open")) {
      assertThat(child.last(operation).type()).isEqualTo("TooManyOpenFiles");
      assertThat(child.last(operation).errno()).isEqualTo("EMFILE");
      assertThat(child.last(operation).text())
          .isEqualTo(
              "[%s] open: no file descriptor is left (EMFILE). Close files, or raise the limit"
                      .formatted(file)
                  + " (ulimit -n).");
    }
    assertThat(child.last("again.openSync").kind()).isEqualTo(Kind.OK);
    assertThat(child.last("again.open").kind()).isEqualTo(Kind.OK);
  }

  @Test
  void allowsHalfAsManyRegionsAsDescriptors() throws Exception {
    Child child = run("regions", List.of("prlimit", "--nofile=128:128"));

    assertThat(child.number("maxRegions")).isEqualTo(64);
    assertThat(child.number("held")).isEqualTo(64);
    assertThat(child.last("exhausted.openSync").type()).isEqualTo("TooManyRegions");
    assertThat(child.last("exhausted.open").type()).isEqualTo("TooManyRegions");
    assertThat(child.last("exhausted.open").text()).contains("there are 64 live regions");
    assertThat(child.last("again.open").kind()).isEqualTo(Kind.OK);
  }

  @Test
  void saysThatTheAddressSpaceIsTooSmall() throws Exception {
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(16L << 30);
    }

    Child child = run("address-space", List.of("prlimit", "--as=" + (6L << 30)));

    for (var operation : List.of("exhausted.openSync", "exhausted.open")) {
      assertThat(child.last(operation).type()).isEqualTo("MapFailed");
      assertThat(child.last(operation).errno()).isEqualTo("ENOMEM");
      assertThat(child.last(operation).text()).contains("ulimit -v");
    }
    assertThat(child.last("again.openSync").text()).isEqualTo("MAPPED");
  }

  /// Root may lock what it likes unless it gives up that very right.
  @Test
  void saysHowMuchMayBeLocked() throws Exception {
    var command = new ArrayList<>(List.of("prlimit", "--memlock=65536:65536"));
    if (Needs.isRoot()) {
      Needs.tool("saysHowMuchMayBeLocked", "setpriv");
      command.addAll(List.of("setpriv", "--bounding-set=-ipc_lock", "--inh-caps=-ipc_lock"));
    }

    Child child = run("locked-memory", command);

    assertThat(child.last("exhausted.openSync").type()).isEqualTo("PermissionDenied");
    assertThat(child.last("exhausted.openSync").errno()).isEqualTo("ENOMEM");
    assertThat(child.last("exhausted.openSync").text())
        .isEqualTo(
            "[%s] lock(offset=0, size=%d): the process may lock 65536 bytes in memory in all"
                    .formatted(file, LargeFileOperations.BYTES)
                + " (ENOMEM). Raise the limit (ulimit -l), or open it without lockInMemory.");
    assertThat(child.last("again.openSync").text()).isEqualTo("MAPPED");
  }

  /// Root may have any lease unless it gives up that very right.
  @Test
  void saysWhoMayHaveALease() throws Exception {
    var cell = "saysWhoMayHaveALease";
    Needs.root(cell);
    Needs.tool(cell, "setpriv");
    Files.setAttribute(file, "unix:uid", 65534);

    Child child = run("lease", List.of("setpriv", "--bounding-set=-lease", "--inh-caps=-lease"));

    assertThat(child.last("refused.openSync").type()).isEqualTo("PermissionDenied");
    assertThat(child.last("refused.openSync").text())
        .isEqualTo(
            "[%s] lease: only a file's owner may have a lease of it (EACCES). Run as its owner or"
                    .formatted(file)
                + " with CAP_LEASE, or use Guard.SNAPSHOT.");
    assertThat(child.last("again.openSync").text()).isEqualTo("MAPPED");
  }

  private Child run(String limit, List<String> wrapper) throws Exception {
    Needs.tool(limit, "prlimit");

    Child child = Child.Launch.of(LimitProgram.class).wrappedBy(wrapper).run(folder, limit, file);

    assertThat(child.exitCode()).as("exit code of %s", child).isZero();
    assertThat(child.outcomes(Kind.ALIEN)).isEmpty();
    for (var held : List.of("activeRegions", "openDescriptors", "leakedRegions", "reservedBytes")) {
      assertThat(child.number(held)).as("%s of %s", held, child).isZero();
    }
    for (var held : List.of("descriptors", "mappings", "failedCloses")) {
      assertThat(child.number(held)).as("%s of %s", held, child).isZero();
    }
    return child;
  }
}
