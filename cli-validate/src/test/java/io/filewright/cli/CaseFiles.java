package io.filewright.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.spi.SymlinkPolicy;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Makes the files and the rules that `validation-cases.csv` names. What cannot be made here is
/// skipped, by name and with the reason.
final class CaseFiles {

  private final Folder folder;
  private final Optional<Path> readOnly;

  CaseFiles(Path path) throws Exception {
    folder = Folder.of(path);
    folder.write("file", "12345");
    folder.directory("directory");
    folder.link("dangling", "nowhere");
    folder.link("loop", "loop");
    folder.fifo("fifo");
    folder.socket("socket");
    folder.write("unreadable", "12345");
    var unreadable = folder.at("unreadable").toFile();
    boolean closed = unreadable.setReadable(false, false) && unreadable.setWritable(false, false);
    if (!closed) {
      throw new IOException("permissions cannot be taken away");
    }
    readOnly = mount();
  }

  String value(String file) {
    return switch (file) {
      case "file", "directory", "absent", "fifo", "socket" -> folder.named(file);
      case "dangling-link" -> folder.named("dangling");
      case "link-loop" -> folder.named("loop");
      case "device" -> "/dev/null";
      case "proc-file" -> "/proc/self/comm";
      case "unreadable" -> unreadable();
      case "read-only-file-system" -> onReadOnly();
      case "name-too-long" -> folder.named("n".repeat(256));
      case "path-too-long" -> folder.named("d/".repeat(2048) + "x");
      case "trailing-slash" -> folder.named("file/");
      case "dot" -> folder.named(".");
      case "dot-dot" -> folder.named("..");
      case "empty-string" -> "";
      case "nul" -> folder.named("a\0b");
      default -> throw new IllegalArgumentException("no such kind of file: " + file);
    };
  }

  PathValidator rules(String name) {
    var input = PathValidator.input();
    var anything =
        input
            .withKinds(
                FileKind.REGULAR_FILE, FileKind.DIRECTORY, FileKind.SYMLINK, FileKind.SPECIAL)
            .withAccess();
    return switch (name) {
      case "input" -> input;
      case "output" -> PathValidator.output();
      case "output-overwriting" ->
          PathValidator.output().withOverwriting(Target.Overwriting.ALLOWED);
      case "config" -> PathValidator.config();
      case "source" -> PathValidator.source();
      case "exists" -> anything;
      case "may-be-absent" -> input.withExistence(Target.Existence.OPTIONAL);
      case "directory" -> input.withKinds(FileKind.DIRECTORY);
      case "file-or-directory" -> input.withKinds(FileKind.REGULAR_FILE, FileKind.DIRECTORY);
      case "readable" -> anything.withAccess(AccessMode.READ);
      case "writable" -> anything.withAccess(AccessMode.WRITE);
      case "executable" -> anything.withAccess(AccessMode.EXECUTE);
      case "not-empty" -> anything.withNotEmpty();
      case "max-size-4" -> anything.withMaxSize(4);
      case "extension-csv" -> anything.withExtensions("csv");
      case "refuse-final-link" -> input.withSymlinks(SymlinkPolicy.REFUSE_FINAL);
      case "refuse-any-link" -> input.withSymlinks(SymlinkPolicy.REFUSE_ANY);
      case "inside-root" -> anything.withRoot(folder.path());
      case "distinct" -> anything.withSameness(Location.Sameness.REFUSED);
      case "dash" -> input.withDash(Notation.Dash.STANDARD_STREAM);
      case "patterns" -> input.withPatterns(Notation.Patterns.EXPANDED);
      default -> throw new IllegalArgumentException("no such rules: " + name);
    };
  }

  /// Root may read everything, so this needs another user.
  private String unreadable() {
    assumeTrue(
        !Files.isReadable(folder.at("unreadable")),
        "unreadable was skipped: this process may read every file (it runs as root)");
    return folder.named("unreadable");
  }

  private String onReadOnly() {
    assumeTrue(
        readOnly.isPresent(),
        "read-only-file-system was skipped: this process may mount nothing (it needs root)");
    return readOnly.orElseThrow().resolve("file").toString();
  }

  private Optional<Path> mount() throws Exception {
    Path point = folder.directory("read-only");
    if (run("mount", "-t", "tmpfs", "-o", "size=1m", "none", point.toString()) != 0) {
      return Optional.empty();
    }
    Files.writeString(point.resolve("file"), "12345");
    return run("mount", "-o", "remount,ro", point.toString()) == 0
        ? Optional.of(point)
        : Optional.empty();
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException _) {
      return -1;
    }
  }

  /// Takes the read-only file system away again.
  void unmount() throws Exception {
    if (Files.exists(folder.at("read-only/file"))) {
      var _ = run("umount", folder.named("read-only"));
    }
  }
}
