package io.filewright.atomic;

import static io.filewright.atomic.Folder.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Permissions, links and names of what is replaced.
class AtomicFileAttributesTest {

  @TempDir Path folder;

  @BeforeEach
  void needsPermissions() {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX");
  }

  @Test
  void keepsThePermissionsOfTheTarget() throws Exception {
    for (String permissions : new String[] {"rw-------", "r--r-----", "rwxrwxrwx", "rw-rw-r--"}) {
      Path target = Files.writeString(folder.resolve(permissions), "old");
      permit(target, permissions);
      AtomicFile.write(target, new byte[1]);
      assertThat(permissions(target)).isEqualTo(permissions);
    }
  }

  @Test
  void takesThePermissionsThatTheTargetHasAtTheCommit() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "old");
    try (AtomicFile file = AtomicFile.replacing(target)) {
      permit(target, "rw-r-x---");
      file.commit();
    }
    assertThat(permissions(target)).isEqualTo("rw-r-x---");
  }

  @Test
  void givesANewFileThoseOfAnyNewFile() throws Exception {
    String usual = permissions(Files.createFile(folder.resolve("usual")));
    AtomicFile.write(folder.resolve("replaced"), new byte[1]);
    try (AtomicFile file = AtomicFile.creating(folder.resolve("created"))) {
      file.commit();
    }
    assertThat(permissions(folder.resolve("replaced"))).isEqualTo(usual);
    assertThat(permissions(folder.resolve("created"))).isEqualTo(usual);
  }

  @Test
  void showsNobodyElseWhatIsNotCommitted() throws Exception {
    Path old = Files.writeString(folder.resolve("old"), "old");
    for (Path target : new Path[] {old, folder.resolve("new")}) {
      try (AtomicFile file = AtomicFile.replacing(target)) {
        file.write(bytes("secret"));
        assertThat(permissions(Folder.temporary(folder))).isEqualTo("rw-------");
      }
    }
  }

  @Test
  void replacesTheFileBehindLinksAndKeepsThem() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path real = Files.writeString(elsewhere.resolve("real"), "old");
    Path second = Files.createSymbolicLink(elsewhere.resolve("second"), Path.of("real"));
    Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("elsewhere/second"));
    try (AtomicFile file = AtomicFile.replacing(first)) {
      file.write(bytes("new"));
      assertThat(Folder.temporary(elsewhere)).exists();
      file.commit();
    }
    assertThat(real).hasContent("new").isRegularFile();
    assertThat(first).isSymbolicLink();
    assertThat(second).isSymbolicLink();
    assertThat(Folder.names(folder)).containsExactly("elsewhere", "first");
    assertThat(Folder.names(elsewhere)).containsExactly("real", "second");
  }

  @Test
  void createsTheFileThatALinkLeadsTo() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("absent"));
    AtomicFile.write(link, "new".getBytes(StandardCharsets.UTF_8));
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("absent")).hasContent("new").isRegularFile();
  }

  @Test
  void leavesHardLinksTheOldContent() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Path other = Files.createLink(folder.resolve("other"), target);
    AtomicFile.write(target, "new".getBytes(StandardCharsets.UTF_8));
    assertThat(target).hasContent("new");
    assertThat(other).hasContent("old");
  }

  @Test
  void takesStrangeNames() throws Exception {
    for (String name : new String[] {"-rf", "a\nb", " ", "ü€😀", "...", "a.filewright", "*?["}) {
      Path target = folder.resolve(name);
      AtomicFile.write(target, new byte[] {1});
      AtomicFile.write(target, new byte[] {2});
      assertThat(target).hasBinaryContent(new byte[] {2});
    }
  }

  /// Up to the longest that a file can have, whatever its characters take.
  @Property(tries = 60)
  void takesNamesOfEveryLength(
      @ForAll @IntRange(min = 200, max = 255) int byteSize,
      @ForAll @IntRange(min = 1, max = 4) int width)
      throws Exception {
    Path here = Files.createTempDirectory("names");
    try {
      String wide = new String[] {"x", "é", "€", "😀"}[width - 1];
      String name = wide.repeat(byteSize / width) + "x".repeat(byteSize % width);
      Path target = here.resolve(name);
      try (AtomicFile file = AtomicFile.replacing(target)) {
        file.write(bytes(name));
        assertThat(Folder.names(here))
            .singleElement()
            .satisfies(
                temporary ->
                    assertThat(temporary.getBytes(StandardCharsets.UTF_8))
                        .hasSizeBetween(200, 255));
        file.commit();
      }
      assertThat(target).hasContent(name);
      Files.delete(target);
    } finally {
      Files.delete(here);
    }
  }

  private static void permit(Path path, String permissions) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
