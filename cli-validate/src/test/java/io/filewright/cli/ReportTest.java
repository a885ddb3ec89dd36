package io.filewright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.cli.Extensions.Letters;
import io.filewright.cli.Location.Sameness;
import io.filewright.cli.Notation.Dash;
import io.filewright.cli.Notation.Patterns;
import io.filewright.cli.Target.Overwriting;
import io.filewright.spi.SymlinkPolicy;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people read: whole texts.
class ReportTest {

  private static final PathValidator INPUT = PathValidator.input();
  private static final PathValidator OUTPUT = PathValidator.output();

  @TempDir private Path temporary;
  private Folder folder;

  @BeforeEach
  void enterFolder() throws IOException {
    folder = Folder.of(temporary);
  }

  @Test
  void namesTheNearestName() throws IOException {
    folder.write("data.csv", "x");
    folder.write("date.txt", "x");

    assertProblems(
        INPUT,
        "data.cvs",
        "exists: there is no \"data.cvs\" in \"%s\". Did you mean \"data.csv\"?");
    assertProblems(
        INPUT,
        "unlike-all-of-them",
        "exists: there is no \"unlike-all-of-them\" in \"%s\". Check the spelling and the working"
            + " directory.");
    assertProblems(
        INPUT,
        "DATA.CSV",
        "exists: there is no \"DATA.CSV\" in \"%s\". Did you mean \"data.csv\"?");
  }

  @Test
  void namesTheFirstMissingComponent() throws IOException {
    folder.write("results/a/b.csv", "x");

    assertProblems(
        INPUT,
        "resluts/a/b.csv",
        "exists: there is no directory \"resluts\" in \"%s\". Did you mean \"results\"?");
    assertProblems(
        INPUT,
        "results/a/b.csv/c",
        "exists: \"%s/results/a/b.csv\" is not a directory. Check the path, component by"
            + " component.");
  }

  @Test
  void saysWhereLinksLead() throws IOException {
    folder.link("dangling", "nowhere");
    folder.link("loop", "loop");
    folder.write("file", "x");
    folder.link("link", "file");
    folder.link("here", ".");

    assertProblems(
        INPUT,
        "dangling",
        "exists: \"%s/dangling\" is a symbolic link to \"nowhere\", where nothing is. Check where"
            + " it should point (readlink).");
    assertProblems(
        INPUT,
        "loop",
        "symlinks: the symbolic links lead in a circle. Check where they point (readlink).");
    assertProblems(
        INPUT.withSymlinks(SymlinkPolicy.REFUSE_FINAL),
        "link",
        "symlinks: it is a symbolic link to \"file\", and that is not followed here. Name the file"
            + " itself.");
    assertProblems(INPUT.withSymlinks(SymlinkPolicy.REFUSE_FINAL), "here/file");
    assertProblems(
        INPUT.withSymlinks(SymlinkPolicy.REFUSE_ANY),
        "here/file",
        "symlinks: \"%s/here\" is a symbolic link, and no links are followed here. Name the file"
            + " without links on the way: see `realpath`.");
  }

  @Test
  void saysWhatItIsInstead() throws Exception {
    folder.directory("directory");
    folder.fifo("fifo");
    folder.socket("socket");
    folder.write("file", "x");

    assertProblems(
        INPUT, "directory", "kind: it is a directory, not a regular file. Name a file inside it.");
    assertProblems(INPUT, "fifo", "kind: it is a FIFO, not a regular file. Name a regular file.");
    assertProblems(
        INPUT, "socket", "kind: it is a socket, not a regular file. Name a regular file.");
    assertProblems(
        INPUT.withKinds(FileKind.DIRECTORY),
        "file",
        "kind: it is a regular file, not a directory. Name a directory.");
    assertProblems(
        INPUT,
        "file/",
        "kind: it ends in a slash, as a directory's name may, but is a regular file. Leave the"
            + " slash out.");
    assertProblems(INPUT.withKinds(FileKind.REGULAR_FILE, FileKind.DIRECTORY), "directory/");
    assertThat(INPUT.validate("/dev/null").text())
        .isEqualTo(
            """
            argument 1: "/dev/null"
              kind: it is a device, not a regular file. Name a regular file.\
            """);
  }

  @Test
  void findsSizesAndExtensions() throws IOException {
    folder.write("empty.csv", "");
    folder.write("dir.csv/file", "12345");
    folder.write("a.TAR.GZ", "12345");

    assertProblems(
        PathValidator.source("csv"),
        "empty.csv",
        "not-empty: it is empty, or does not tell its size. Check what should have written it.");
    assertProblems(
        INPUT.withExtensions("csv", ".tsv").withMaxSize(4),
        "dir.csv/file",
        "size: it has 5 bytes, and at most 4 are allowed. Name a smaller file.",
        "extension: its name does not end in .csv or .tsv. Name a file that does.");
    assertProblems(
        INPUT.withMinSize(6),
        "dir.csv/file",
        "size: it has 5 bytes, and at least 6 are wanted. Check that it is complete.");
    assertProblems(INPUT.withExtensions("tar.gz"), "a.TAR.GZ");
    assertProblems(
        INPUT.withExtensions(new Extensions(List.of("tar.gz"), Letters.EXACT)),
        "a.TAR.GZ",
        "extension: its name does not end in .tar.gz. Upper and lower case matter here.");
    folder.write(".csv", "x");
    assertProblems(
        INPUT.withExtensions("csv"),
        ".csv",
        "extension: its name does not end in .csv. Name a file that does.");
  }

  @Test
  void staysInsideARoot() throws IOException {
    folder.write("root/in/file", "x");
    folder.write("out", "x");
    folder.link("root/away", "../out");
    folder.link("root/absolute", folder.named("root/in/file"));
    folder.link("root/inner", "in/../in/file");
    var rooted = INPUT.withRoot(folder.at("root"));
    String leaves =
        "inside-root: it leads out of \"%s/root\". Name a file beneath that directory, without `..`"
            + " or links that leave it.";

    assertProblems(rooted, "root/in/file");
    assertProblems(rooted, "root/in/../inner");
    assertProblems(rooted, "out", leaves);
    assertProblems(rooted, "root/away", leaves);
    assertProblems(rooted, "root/absolute", leaves);
    assertProblems(rooted, "root/../root/in/file", leaves);
  }

  @Test
  void overwritesNothingUnlessAllowed() throws IOException {
    folder.write("old", "x");
    folder.link("dangling", "nowhere");

    assertProblems(OUTPUT, "new");
    assertProblems(OUTPUT, "missing/directories/new");
    assertProblems(
        OUTPUT,
        "old",
        "overwrite: there is already a file of this name. Choose another name, or allow"
            + " overwriting.");
    assertProblems(
        OUTPUT,
        "dangling",
        "overwrite: there is a symbolic link of this name, which leads nowhere. Remove the link, or"
            + " choose another name.");
    assertProblems(OUTPUT.withOverwriting(Overwriting.ALLOWED), "old");
    assertProblems(
        OUTPUT,
        "new/",
        "kind: it ends in a slash, as only a directory's name may. Leave the slash out, or add the"
            + " file's name.");
  }

  @Test
  void findsOneFileUnderTwoNames() throws IOException {
    folder.write("a", "x");
    folder.link("b", "a");
    var stager =
        FileStager.of()
            .withOption("-i", INPUT)
            .withOption(
                "-o", OUTPUT.withOverwriting(Overwriting.ALLOWED).withSameness(Sameness.REFUSED));

    assertThat(stager.stage("-i", folder.named("a"), "-o", folder.named("b")).report().text())
        .isEqualTo(
            """
            -o: "%1$s/b"
              distinct: it is the same file as -i, "%1$s/a". Name another file.\
            """
                .formatted(folder.path()));
    assertThat(
            OUTPUT
                .withSameness(Sameness.REFUSED)
                .validate(folder.named("new"), folder.named("./new"), folder.named("other"))
                .errors())
        .hasSize(2);
  }

  @Test
  void saysWhatIsNoNameAtAll() {
    String here = Path.of("").toAbsolutePath().toString();
    assertThat(INPUT.validate("", "a\0b", "n".repeat(256), "d/".repeat(2048) + "x").text())
        .isEqualTo(
            """
            argument 1: ""
              path: the value is empty. Name a file.
            argument 2: "a\\u0000b"
              path: a name cannot contain the character NUL. Check where the value comes from.
            argument 3: "%1$s" (%3$s/%1$s)
              path: a name of 256 bytes is too long. Shorten it: 255 bytes is the most.
            argument 4: "%2$s" (%4$s)
              path: a path of 4097 bytes is too long. Shorten it, or change the working directory:\
             4095 bytes is the most.\
            """
                .formatted(
                    "n".repeat(256),
                    "d/".repeat(80) + " ... " + "/d".repeat(39) + "/x",
                    here,
                    (here + "/" + "d/".repeat(80)).substring(0, 160)
                        + " ... "
                        + "/d".repeat(39)
                        + "/x"));
  }

  @Test
  void expandsPatterns() throws IOException {
    folder.write("b/2.csv", "x");
    folder.write("a/1.csv", "x");
    folder.write("a/.3.csv", "x");
    folder.write("a/no.txt", "x");
    folder.write("[x", "x");
    var expanding = INPUT.withPatterns(Patterns.EXPANDED);

    assertThat(expanding.validate(folder.named("?/*.csv")).paths())
        .extracting(path -> path.path().orElseThrow())
        .containsExactly(folder.at("a/1.csv"), folder.at("b/2.csv"));
    assertProblems(expanding, "[x");
    assertThat(expanding.validate(folder.named("*.nix"), folder.named("[y")).text())
        .isEqualTo(
            """
            argument 1: "%1$s/*.nix"
              glob: no file matches the pattern. Check the pattern and the working directory.
            argument 2: "%1$s/[y"
              glob: it is not a pattern: Missing '] near index 1. Close each bracket and brace, or\
             name the files.\
            """
                .formatted(folder.path()));
  }

  @Test
  void takesADashForAStreamOnlyWhenAllowed() {
    assertThat(INPUT.withDash(Dash.STANDARD_STREAM).validate("-").paths())
        .allMatch(CheckedPath::isStandardStream)
        .allMatch(CheckedPath::isOk);
    assertThat(INPUT.validate("-").isOk()).isFalse();
  }

  @Test
  void showsNoControlCharacter() throws IOException {
    folder.write("\u001b[31mred", "x");

    assertProblems(
        INPUT.withKinds(FileKind.DIRECTORY),
        "\u001b[31mred",
        "kind: it is a regular file, not a directory. Name a directory.");
    assertThat(INPUT.validate("--\nhelp\u001b").text())
        .isEqualTo(
            """
            argument 1: "--\\u000ahelp\\u001b" (%1$s/--\\u000ahelp\\u001b)
              exists: there is no "--\\u000ahelp\\u001b" in "%1$s". Check the spelling and the\
             working directory.\
            """
                .formatted(Path.of("").toAbsolutePath()));
  }

  @Test
  void givesAllOrNothing() throws IOException {
    folder.write("a", "x");
    var report = INPUT.withMaxSize(0).validate(folder.named("a"), folder.named("b"));

    assertThatThrownBy(report::orThrow)
        .isInstanceOf(ValidationFailed.class)
        .hasMessage(
            "[%1$s/a] validate argument 1: it has 1 bytes, and at most 0 are allowed (and 1 more)."
                    .formatted(folder.path())
                + " Name a smaller file.");
    assertThat(INPUT.validate(folder.named("a")).orThrow().paths()).hasSize(1);
  }

  @Test
  void asksForExecution() throws IOException {
    folder.write("script", "x");

    assertProblems(
        INPUT.withAccess(AccessMode.READ, AccessMode.EXECUTE),
        "script",
        "executable: this process may not execute it. Check its permissions and whose it is (ls"
            + " -l).");
    assertThat(folder.at("script").toFile().setExecutable(true)).isTrue();
    assertProblems(INPUT.withAccess(AccessMode.READ, AccessMode.EXECUTE), "script");
  }

  @Test
  void saysWhichDirectoryIsClosed() throws Exception {
    folder.write("closed/inner/file", "x");
    assertThat(folder.at("closed").toFile().setExecutable(false, false)).isTrue();
    Assumptions.assumeFalse(
        Files.isReadable(folder.at("closed/inner/file")),
        "saysWhichDirectoryIsClosed was skipped: root may enter every directory");

    assertProblems(
        INPUT,
        "closed/inner/file",
        "path: this process may not enter \"%s/closed\". Check the directory's permissions (ls"
            + " -ld).");
  }

  @Test
  void collectsMetadataOnce() throws IOException {
    Path file = folder.write("a", "12345");
    folder.link("b", "a");

    var paths = INPUT.validate(folder.named("a"), folder.named("b")).paths();

    assertThat(paths.getFirst().metadata().orElseThrow())
        .isEqualTo(paths.getLast().metadata().orElseThrow())
        .extracting(FileMetadata::byteSize, FileMetadata::modified)
        .containsExactly(5L, Files.getLastModifiedTime(file));
  }

  /// @param problems those of the value, each with the folder in place of `%s`
  private void assertProblems(PathValidator validator, String name, String... problems) {
    assertThat(validator.validate(folder.named(name)).paths().getFirst().problems())
        .map(problem -> problem.rule().id() + ": " + problem.message())
        .containsExactly(
            List.of(problems).stream()
                .map(problem -> problem.replace("%s", folder.path().toString()))
                .toArray(String[]::new));
  }
}
