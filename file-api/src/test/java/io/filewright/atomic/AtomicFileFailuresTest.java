package io.filewright.atomic;

import static io.filewright.atomic.Folder.bytes;
import static io.filewright.atomic.Folder.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.AtomicFile;
import io.filewright.error.AlreadyExists;
import io.filewright.error.FileException;
import io.filewright.error.IsDirectory;
import io.filewright.error.NotFound;
import io.filewright.error.NotRegularFile;
import io.filewright.error.PermissionDenied;
import io.filewright.error.SymlinkLoop;
import io.filewright.error.Unsupported;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot be written says why, whole, and leaves nothing behind.
class AtomicFileFailuresTest {

  @TempDir Path folder;

  @Test
  void refusesADirectory() throws Exception {
    for (Path directory : new Path[] {folder, folder.getRoot(), folder.resolve("..")}) {
      String message = "[%s] open: it is a directory. Name a file inside it.".formatted(directory);
      fails(() -> replace(directory), IsDirectory.class, message);
      fails(() -> create(directory), IsDirectory.class, message);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesADirectoryThatIsNotThere() {
    Path target = folder.resolve("missing/target");
    String message =
        "[%s] open: its directory does not exist. Create the directory first.".formatted(target);
    fails(() -> replace(target), NotFound.class, message);
    fails(() -> create(target), NotFound.class, message);
  }

  @Test
  void refusesAFileWhereADirectoryShouldBe() throws Exception {
    Path target = Files.createFile(folder.resolve("file")).resolve("target");
    fails(
        () -> replace(target),
        NotFound.class,
        ("[%s] open: no such file can be: Not a directory. Check the spelling and the "
                + "working directory.")
            .formatted(target));
  }

  @Test
  void refusesANameThatNoFileCanHave() {
    Path target = folder.resolve("x".repeat(256));
    fails(
        () -> replace(target),
        NotFound.class,
        ("[%s] open: no such file can be: File name too long. Check the spelling and "
                + "the working directory.")
            .formatted(target));
  }

  @Test
  void refusesADevice() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "there is no " + device);
    fails(
        () -> replace(device),
        NotRegularFile.class,
        "[/dev/null] open: it is a FIFO, a socket or a device. Only regular files can be replaced"
            + " as a whole.");
  }

  @Test
  void refusesLinksInACircle() throws Exception {
    Path one = folder.resolve("one");
    Files.createSymbolicLink(one, folder.resolve("two"));
    Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
    fails(
        () -> replace(one),
        SymlinkLoop.class,
        "[%s] open: the symbolic links lead in a circle. Check where the links point (readlink)."
            .formatted(one));
  }

  @Test
  void refusesNamesOfTemporaries() {
    Path target = folder.resolve(".a.0123456789abcdef.filewright");
    fails(
        () -> replace(target),
        Unsupported.class,
        ("[%s] open: files of such names are temporaries and would be swept. Choose a "
                + "name that does not look like .<name>.<16 digits>.filewright.")
            .formatted(target));
  }

  @Test
  void refusesFilesInArchives() throws Exception {
    Path archive = folder.resolve("archive.zip");
    try (var zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      fails(
          () -> replace(zip.getPath("/target")),
          Unsupported.class,
          "[/target] open: only files of the system itself can be replaced as a whole. Write it to"
              + " a file first, and copy that into the archive.");
    }
  }

  @Test
  void refusesAReadOnlyDirectory() throws Exception {
    Path proc = Path.of("/proc/self/target");
    assumeTrue(Files.isDirectory(proc.getParent()), "there is no /proc");
    assertThat(Folder.failure(() -> create(proc)).operation()).isEqualTo("open");
    assumeTrue(!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "root may");

    Path target = Files.createDirectory(folder.resolve("closed")).resolve("target");
    assertThat(target.getParent().toFile().setWritable(false)).isTrue();
    fails(
        () -> replace(target),
        PermissionDenied.class,
        ("[%s] open: permission denied. Check the permissions of the file and of the "
                + "directories above it.")
            .formatted(target));
  }

  @Test
  void refusesToCreateWhatExists() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "old");
    String message =
        ("[%s] open: there is already a file of this name. Choose another name, or "
                + "replace it (AtomicFile.replacing).")
            .formatted(target);

    fails(() -> create(target), AlreadyExists.class, message);

    assertThat(target).hasContent("old");
    assertThat(Folder.names(folder)).containsExactly("target");
  }

  @Test
  void refusesToCreateWhatHasComeToExist() throws Exception {
    Path target = folder.resolve("target");
    try (AtomicFile file = AtomicFile.creating(target)) {
      file.write(bytes("new"));
      Files.writeString(target, "somebody else's");

      fails(
          file::commit,
          AlreadyExists.class,
          ("[%s] commit: there is already a file of this name. Choose another name, or "
                  + "replace it (AtomicFile.replacing).")
              .formatted(target));
    }
    assertThat(target).hasContent("somebody else's");
    assertThat(Folder.names(folder)).containsExactly("target");
  }

  @Test
  void refusesToReplaceWhatHasBecomeADirectory() throws Exception {
    Path target = folder.resolve("target");
    try (AtomicFile file = AtomicFile.replacing(target)) {
      Files.createDirectory(target);
      fails(
          file::commit,
          IsDirectory.class,
          "[%s] commit: it is a directory. Name a file inside it.".formatted(target));
    }
    assertThat(Folder.names(folder)).containsExactly("target");
  }

  @Test
  void saysThatTheTemporaryIsGone() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "old");
    try (AtomicFile file = AtomicFile.replacing(target)) {
      Files.delete(Folder.temporary(folder));
      fails(
          file::commit,
          NotFound.class,
          ("[%s] setPermissions: its temporary or its directory is gone. Check what else "
                  + "removes files there, and write it again.")
              .formatted(target));
    }
    assertThat(target).hasContent("old");
  }

  @Test
  void cannotSweepWhatIsNotThere() {
    Path missing = folder.resolve("missing");
    fails(
        () -> {
          var _ = AtomicFile.sweep(missing);
        },
        NotFound.class,
        "[%s] sweep: there is no such file. Check the spelling and the working directory."
            .formatted(missing));
  }

  private static void replace(Path target) throws FileException {
    try (AtomicFile file = AtomicFile.replacing(target)) {
      file.commit();
    }
  }

  private static void create(Path target) throws FileException {
    try (AtomicFile file = AtomicFile.creating(target)) {
      file.commit();
    }
  }
}
