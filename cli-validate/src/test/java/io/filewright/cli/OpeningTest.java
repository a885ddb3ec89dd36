package io.filewright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.AsyncFiles;
import io.filewright.FileRuntime;
import io.filewright.OpenOptions;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.error.IsDirectory;
import io.filewright.error.Unsupported;
import io.filewright.spi.SymlinkPolicy;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is open is what passed.
class OpeningTest {

  private static final PathValidator INPUT = PathValidator.input();

  @TempDir private Path temporary;
  private Folder folder;

  @BeforeEach
  void enterFolder() throws IOException {
    folder = Folder.of(temporary);
  }

  @Test
  void loadsTheVeryFileThatWasChecked() throws Exception {
    Path file = folder.write("a", "checked");

    CheckedFile checked = INPUT.validateAndOpen(folder.named("a"));
    Files.move(folder.write("b", "swapped"), file, StandardCopyOption.REPLACE_EXISTING);

    try (var handle = AsyncFiles.open(checked)) {
      assertThat(handle.await().asString()).isEqualTo("checked");
      assertThat(handle.await().path()).isEqualTo(file);
    }
    assertThat(checked.byteSize()).isEqualTo(7);
    assertThatThrownBy(checked::take)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The descriptor of \"%s\" was handed over or closed before.".formatted(file));
    try (var handle = AsyncFiles.open(checked)) {
      assertThatThrownBy(handle::await)
          .isInstanceOf(InUse.class)
          .hasMessage(
              ("[%s] open: its descriptor was handed over or closed before. A source can be opened"
                      + " once: check the file again for another one.")
                  .formatted(file));
    }
    checked.close();
  }

  @Test
  void opensForWritingWhatHasToBeWritable() throws Exception {
    Path file = folder.write("a", "old");
    var updating = INPUT.withAccess(AccessMode.READ, AccessMode.WRITE);

    CheckedFile checked = updating.validateAndOpen(folder.named("a"));
    try (var region = FileRuntime.shared().open(checked, OpenOptions.readWrite()).await()) {
      region.write(0, MemorySegment.ofArray("new".getBytes(StandardCharsets.UTF_8)));
      region.force();
    }

    assertThat(file).hasContent("new");
  }

  @Test
  void reportsEverythingThatIsWrongWithWhatItOpened() throws Exception {
    folder.write("a.txt", "12345");

    assertThatThrownBy(
            () -> INPUT.withExtensions("csv").withMaxSize(4).validateAndOpen(folder.named("a.txt")))
        .isInstanceOfSatisfying(
            ValidationFailed.class,
            failed ->
                assertThat(failed.report().text())
                    .isEqualTo(
                        """
                        argument 1: "%1$s/a.txt"
                          size: it has 5 bytes, and at most 4 are allowed. Name a smaller file.
                          extension: its name does not end in .csv. Name a file that does.\
                        """
                            .formatted(folder.path())));
  }

  @Test
  void leavesNoDescriptorBehind() throws Exception {
    folder.write("a.txt", "12345");
    INPUT.validateAndOpen(folder.named("a.txt")).close();
    long before = descriptors();
    Set<Thread> threads = threads();

    for (int i = 0; i < 1000; i++) {
      INPUT.validateAndOpen(folder.named("a.txt")).close();
      assertThatThrownBy(() -> INPUT.withMaxSize(1).validateAndOpen(folder.named("a.txt")))
          .isInstanceOf(ValidationFailed.class);
    }

    assertThat(descriptors()).isLessThan(before + 100);
    assertThat(threads()).as("an open on the caller's thread needs no other").isSubsetOf(threads);
  }

  @Test
  void stepsIntoNoTrap() throws Exception {
    folder.fifo("fifo");
    folder.socket("socket");
    folder.directory("directory");
    folder.link("loop", "loop");

    assertRefused("fifo", "it is a FIFO, not a regular file. Name a regular file.");
    assertRefused("socket", "it is a socket, not a regular file. Name a regular file.");
    assertRefused("directory", "it is a directory, not a regular file. Name a file inside it.");
    assertRefused("directory/", "it is a directory, not a regular file. Name a file inside it.");
    assertRefused(
        "loop", "the symbolic links lead in a circle. Check where they point (readlink).");
    assertThatThrownBy(
            () ->
                INPUT
                    .withKinds(FileKind.REGULAR_FILE, FileKind.DIRECTORY)
                    .validateAndOpen(folder.named("directory/")))
        .isInstanceOf(IsDirectory.class);
  }

  @Test
  void staysBeneathTheRoot() throws Exception {
    folder.write("root/in/file", "inside");
    folder.write("out", "outside");
    folder.link("root/away", "../out");
    folder.link("root/inner", "in/file");
    var rooted = INPUT.withRoot(folder.at("root"));

    try (CheckedFile checked = rooted.validateAndOpen(folder.named("root/inner"));
        var handle = AsyncFiles.open(checked)) {
      assertThat(handle.await().asString()).isEqualTo("inside");
    } catch (Unsupported e) {
      assumeTrue(false, "there is no engine with roots here");
    }
    for (var name : new String[] {"root/away", "out", "root/../out"}) {
      assertThatThrownBy(() -> rooted.validateAndOpen(folder.named(name)))
          .isInstanceOf(ValidationFailed.class)
          .hasMessage(
              "[%1$s/%2$s] validate argument 1: it leads out of \"%1$s/root\". Name a file beneath"
                      .formatted(folder.path(), name)
                  + " that directory, without `..` or links that leave it.");
    }
  }

  @Test
  void keepsToRootsWithoutTheNativeEngine() throws Exception {
    folder.write("root/in/file", "12345");
    folder.write("out/file", "outside");
    folder.link("root/link", "in/file");
    folder.link("root/away", "../out");
    folder.link("root/in/away", "../../out/file");
    folder.fifo("root/fifo");
    String root = folder.named("root");
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("file-native"))
            .collect(Collectors.joining(File.pathSeparator));
    var names =
        List.of(
            "root/in/file",
            "root/link",
            "root/away/file",
            "root/in/away",
            "root/../out/file",
            "out/file",
            "root/fifo",
            "root/new");

    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                RootedOpenProgram.class.getName(),
                root));
    names.forEach(name -> command.add(folder.named(name)));
    var program = new ProcessBuilder(command).redirectErrorStream(true);
    program.environment().remove("JAVA_TOOL_OPTIONS");
    var process = program.start();

    String leaves =
        "validate argument 1: it leads out of \"%s\". Name a file beneath that directory, without `..`"
                .formatted(root)
            + " or links that leave it.";
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            5 bytes
            5 bytes
            ValidationFailed [%1$s/away/file] %2$s
            ValidationFailed [%1$s/in/away] %2$s
            ValidationFailed [%1$s/../out/file] %2$s
            ValidationFailed [%3$s/out/file] %2$s
            ValidationFailed [%1$s/fifo] validate argument 1: it is a FIFO, not a regular file. Name\
             a regular file.
            Unsupported [%1$s] openDirectory: the portable engine cannot write files into a\
             directory that it holds. Use the populate engine; or follow links, and ask for no root.
            """
                .formatted(root, leaves, folder.path()));
  }

  @Test
  void asksTheDescriptorWhetherItMayBeExecuted() throws Exception {
    Path file = folder.write("a", "#!/bin/sh");
    var program = INPUT.withAccess(AccessMode.READ, AccessMode.EXECUTE);

    assertThatThrownBy(() -> program.validateAndOpen(folder.named("a")))
        .isInstanceOf(ValidationFailed.class)
        .hasMessage(
            "[%s] validate argument 1: this process may not execute it. Check its permissions and"
                    .formatted(file)
                + " whose it is (ls -l).");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    program.validateAndOpen(folder.named("a")).close();
  }

  @Test
  void refusesLinksInTheSameStepAsTheOpen() throws Exception {
    folder.write("file", "x");
    folder.link("link", "file");
    folder.link("here", ".");

    for (var name : new String[] {"link", "here/file"}) {
      assertThatThrownBy(
              () ->
                  INPUT.withSymlinks(SymlinkPolicy.REFUSE_ANY).validateAndOpen(folder.named(name)))
          .isInstanceOfSatisfying(
              ValidationFailed.class,
              failed ->
                  assertThat(failed.report().errors().getFirst().problems())
                      .extracting(Problem::rule)
                      .containsExactly(Rule.SYMLINKS));
    }
    INPUT.withSymlinks(SymlinkPolicy.REFUSE_ANY).validateAndOpen(folder.named("file")).close();
  }

  private void assertRefused(String name, String why) {
    assertThatThrownBy(() -> INPUT.validateAndOpen(folder.named(name)))
        .isInstanceOf(FileException.class)
        .hasMessage("[%s] validate argument 1: %s".formatted(folder.at(name), why));
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("filewright-"))
        .collect(Collectors.toSet());
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }
}
