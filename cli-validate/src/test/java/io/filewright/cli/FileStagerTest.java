package io.filewright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.cli.Target.Overwriting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStagerTest {

  private static final FileStager STAGER =
      FileStager.of()
          .withRequiredOption("--input", PathValidator.input().withExtensions("csv"))
          .withOption("--output", PathValidator.output().withOverwriting(Overwriting.ALLOWED))
          .withWordOption("--format")
          .withFlag("-v")
          .withWordPosition("MODE")
          .withRest("FILE", PathValidator.input());

  @TempDir private Path temporary;
  private Folder folder;

  @BeforeEach
  void writeFiles() throws IOException {
    folder = Folder.of(temporary);
    folder.write("a.csv", "1");
    folder.write("b=c.csv", "22");
    folder.write("mode", "333");
  }

  @Test
  void stagesFilesByTheirNamesAndLeavesWordsAlone() {
    var staged =
        STAGER.stage(
            "--input",
            folder.named("a.csv"),
            "no-such-mode",
            "--input=" + folder.named("b=c.csv"),
            "--format=x=y",
            folder.named("mode"),
            "-v",
            "--output",
            folder.named("new"));

    assertThat(staged.report().text()).isEmpty();
    assertThat(staged.all("--input"))
        .extracting(path -> path.path().orElseThrow())
        .containsExactly(folder.at("a.csv"), folder.at("b=c.csv"));
    assertThat(staged.words("MODE")).containsExactly("no-such-mode");
    assertThat(staged.words("--format")).containsExactly("x=y");
    assertThat(staged.has("-v")).isTrue();
    assertThat(staged.all("FILE")).hasSize(1);
    assertThat(staged.outputs())
        .extracting(path -> path.path().orElseThrow())
        .containsExactly(folder.at("new"));
    assertThat(List.of(staged.fileCount(), staged.stagedCount(), staged.errorCount()))
        .containsExactly(4, 3, 0);
    assertThat(staged.staged())
        .extracting(path -> path.metadata().orElseThrow().byteSize())
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void reportsAllThatIsWrongInTheOrderOfTheCommandLine() {
    var staged =
        STAGER.stage(
            "m", folder.named("x"), "--nix=1", "-v=2", "--output", folder.named(""), "--format");

    assertThat(staged.report().text())
        .isEqualTo(
            """
            argument 2: "%1$s/x"
              exists: there is no "x" in "%1$s". Check the spelling and the working directory.
            --nix: "--nix=1"
              usage: there is no such option. Put `--` before names that begin so.
            -v: "2"
              usage: it takes no value. Leave the value out.
            --output: "%1$s/" (%1$s)
              kind: it is a directory, not a regular file. Name a file inside it.
            --format
              usage: its value is missing. Give a value.
            --input
              usage: it is missing. Give a value.\
            """
                .formatted(folder.path()));
    assertThatThrownBy(staged::orThrow).isInstanceOf(ValidationFailed.class);
  }

  @Test
  void takesEverythingBehindTwoDashesForArguments() throws IOException {
    var staged = STAGER.stage("--input", folder.named("a.csv"), "--", "--input", "-v");

    assertThat(staged.words("MODE")).containsExactly("--input");
    assertThat(staged.has("-v")).isFalse();
    assertThat(staged.all("FILE"))
        .extracting(path -> path.argument().value())
        .containsExactly("-v");
  }

  @Test
  void refusesWhatItHasNoPlaceFor() {
    assertThat(FileStager.of().stage("x").report().text())
        .isEqualTo(
            """
            argument 1: "x"
              usage: there is no place for this argument. Leave it out.\
            """);
    assertThatThrownBy(() -> STAGER.withFlag("-v"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-v was declared before.");
  }
}
