package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.AtomicFile;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.AlreadyExists;
import io.filewright.error.FileException;
import io.filewright.error.IsDirectory;
import io.filewright.error.NotFound;
import io.filewright.error.NotRegularFile;
import io.filewright.error.PermissionDenied;
import io.filewright.error.SymlinkLoop;
import io.filewright.error.Unsupported;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineSettings;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedDirectory;
import io.filewright.spi.SymlinkPolicy;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which way to a file may be taken.
abstract class LinkContract extends ContractFixture {

  @Test
  void refusesLinksWhenAsked() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/null")), "links need a permission on Windows");
    Path link = files.make("link-to-bytes-100");
    var options = OpenOptions.readOnly().withSymlinks(SymlinkPolicy.REFUSE_FINAL);
    String expected = can(EngineTrait.LINK_POLICIES) ? "SymlinkLoop" : "Unsupported";
    assertThatThrownBy(() -> runtime.openSync(link, options))
        .extracting(e -> e.getClass().getSimpleName())
        .isEqualTo(expected);
  }

  @Test
  void refusesALinkOnTheWayWhenAsked() throws Exception {
    assumeTrue(can(EngineTrait.LINK_POLICIES), "the engine has no link policies");
    Path real = Files.createDirectory(folder.toRealPath().resolve("real"));
    Files.write(real.resolve("file"), TestFiles.pattern(20));
    Path link = Files.createSymbolicLink(real.resolveSibling("link"), real);
    var options = OpenOptions.readOnly().withSymlinks(SymlinkPolicy.REFUSE_ANY);
    try (var region = runtime.openSync(real.resolve("../real/file"), options)) {
      assertThat(region.byteSize()).isEqualTo(20);
    }
    assertThatThrownBy(() -> runtime.openSync(link.resolve("file"), options))
        .isInstanceOf(SymlinkLoop.class);
    try (var region =
        runtime.openSync(link.resolve("file"), options.withSymlinks(SymlinkPolicy.REFUSE_FINAL))) {
      assertThat(region.byteSize()).isEqualTo(20);
    }
  }

  @Test
  void staysBeneathARootWhenAsked() throws Exception {
    Path root = rootWithWaysOut();
    var beneath = OpenOptions.readOnly().beneath(root);
    for (String name :
        new String[] {
          "inside", "in/../inside", "in/link", "./in//.//../in/link", root + "/inside"
        }) {
      try (var region = runtime.openSync(Path.of(name), beneath)) {
        assertThat(region.toByteArray()).as(name).isEqualTo(TestFiles.pattern(20));
      }
    }
    for (String name :
        new String[] {
          "../outside",
          "../root/inside",
          "in/../../outside",
          "way-out",
          "absolute",
          "in/up/outside",
          "in/up/root/inside",
          folder + "/outside",
          root + "/../outside"
        }) {
      assertThatThrownBy(() -> runtime.openSync(Path.of(name), beneath))
          .as(name)
          .isInstanceOf(PermissionDenied.class)
          .hasMessageContaining("leads out of the directory");
    }
  }

  @Test
  void answersBeneathARootAsElsewhere() throws Exception {
    Path root = rootWithWaysOut();
    Files.move(files.make("fifo"), root.resolve("fifo"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    var beneath = OpenOptions.readOnly().beneath(root);
    assertFails(NotFound.class, "absent", beneath);
    assertFails(NotFound.class, "no/file", beneath);
    assertFails(NotFound.class, "inside/file", beneath);
    assertFails(IsDirectory.class, "in", beneath);
    assertFails(IsDirectory.class, ".", beneath);
    assertFails(NotRegularFile.class, "fifo", beneath);
    assertFails(SymlinkLoop.class, "loop", beneath);
    assertFails(SymlinkLoop.class, "in/link", beneath.withSymlinks(SymlinkPolicy.REFUSE_FINAL));
  }

  @Test
  void writesBeneathARootWhateverInterruptsIt() throws Exception {
    Path root = rootWithWaysOut();
    var made = OpenOptions.createNew(100).beneath(root);
    Thread.currentThread().interrupt();
    try (var region = runtime.openSync(Path.of("in/new"), made)) {
      region.write(0, MemorySegment.ofArray(TestFiles.pattern(100)));
      region.resize(200);
      region.resize(50);
      region.force();
      assertThat(region.toByteArray()).isEqualTo(TestFiles.pattern(50));
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(root.resolve("in/new")).hasBinaryContent(TestFiles.pattern(50));
    assertThatThrownBy(() -> runtime.openSync(Path.of("in/new"), made))
        .isInstanceOf(AlreadyExists.class);
    assertThatThrownBy(() -> runtime.openSync(Path.of("in/up/new"), made))
        .isInstanceOf(PermissionDenied.class);
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void tellsWhetherWhatIsOpenMayBeExecuted() throws Exception {
    Path path = files.patterned(100);
    assumeTrue(Files.getFileStore(path).supportsFileAttributeView("posix"), "no permissions here");
    try (Engine engine = engine();
        var file = engine.openNow(OpenRequest.forReading(path))) {
      assertThat(file.isExecutable()).isFalse();
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      assertThat(file.isExecutable()).isTrue();
    }
  }

  @Test
  void writesIntoTheDirectoryThatItHolds() throws Exception {
    Path root = rootWithWaysOut();
    Path in = root.resolve("in");
    var request = new OpenRequest(in, OpenIntent.READ, SymlinkPolicy.FOLLOW, Optional.of(root));
    try (Engine engine = engine()) {
      if (!can(EngineTrait.HELD_DIRECTORIES)) {
        assertThatThrownBy(() -> engine.openDirectory(request)).isInstanceOf(Unsupported.class);
        return;
      }
      OpenedDirectory held = engine.openDirectory(request);
      try (var first = AtomicFile.replacing(held, in.resolve("a"));
          var second = AtomicFile.creating(held, in.resolve("b"))) {
        Path moved = Files.move(in, root.resolve("moved"));
        Files.createSymbolicLink(in, folder);
        first.commit();
        second.commit();
        assertThat(moved.resolve("a")).exists();
        assertThat(moved.resolve("b")).exists();
        assertThatThrownBy(() -> AtomicFile.creating(held, in.resolve("a")))
            .isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> AtomicFile.replacing(held, in.resolve("link")))
            .isInstanceOf(SymlinkLoop.class);
      } finally {
        held.close();
        held.close();
      }
      assertThat(folder.resolve("a")).doesNotExist();
      assertThatThrownBy(() -> engine.openDirectory(request)).isInstanceOf(PermissionDenied.class);
    }
  }

  private Engine engine() {
    return provider().create(new EngineSettings(1, 0, 1));
  }

  /// A root with a file, links that stay inside, and others that do not.
  private Path rootWithWaysOut() throws Exception {
    assumeTrue(can(EngineTrait.LINK_POLICIES), "the engine has no link policies");
    Files.write(folder.resolve("outside"), TestFiles.pattern(10));
    Path root = Files.createDirectory(folder.resolve("root"));
    Files.write(root.resolve("inside"), TestFiles.pattern(20));
    Files.createDirectory(root.resolve("in"));
    Files.createSymbolicLink(root.resolve("in/link"), Path.of("../inside"));
    Files.createSymbolicLink(root.resolve("in/up"), Path.of("../.."));
    Files.createSymbolicLink(root.resolve("way-out"), Path.of("../outside"));
    Files.createSymbolicLink(root.resolve("absolute"), root.resolve("inside"));
    return root;
  }

  private void assertFails(
      Class<? extends FileException> expected, String name, OpenOptions<MmapRegion> options) {
    assertThatThrownBy(() -> runtime.openSync(Path.of(name), options))
        .as(name)
        .isInstanceOf(expected);
  }
}
