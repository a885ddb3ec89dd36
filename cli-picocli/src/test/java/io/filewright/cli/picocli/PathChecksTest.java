package io.filewright.cli.picocli;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.cli.CheckedPath;
import io.filewright.cli.PathValidator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class PathChecksTest {

  private static final PathChecks CHECKS =
      PathChecks.of()
          .withOption("--input", PathValidator.input().withExtensions("csv"))
          .withParameter("FILE", PathValidator.input());

  @TempDir private Path temporary;
  private Path folder = Path.of("");
  private final List<Path> ran = new ArrayList<>();

  /// A program with an option, parameters and a word that is no file.
  @Command(name = "app")
  private final class App implements Runnable {

    @Option(names = {"-i", "--input"})
    private List<Path> inputs = List.of();

    @Parameters(index = "0", paramLabel = "MODE")
    private String mode = "";

    @Parameters(index = "1..*", paramLabel = "FILE")
    private List<Path> files = List.of();

    @Override
    public void run() {
      assertThat(mode).isEqualTo("fast");
      ran.addAll(inputs);
      ran.addAll(files);
    }
  }

  /// A program whose options are checked while they are parsed.
  @Command(name = "app")
  private static final class Converting implements Runnable {

    @Option(names = "--in", converter = CheckedPathConverter.class)
    private List<CheckedPath> inputs = List.of();

    @Option(names = "--out", converter = OutputPathConverter.class)
    private List<CheckedPath> outputs = List.of();

    @Override
    public void run() {
      assertThat(inputs).allMatch(CheckedPath::isOk);
      assertThat(outputs).allMatch(CheckedPath::isOk);
    }
  }

  @BeforeEach
  void enterFolder() throws IOException {
    folder = temporary.toRealPath();
    Files.writeString(folder.resolve("a=b.csv"), "x");
  }

  @Test
  void runsWhatPasses() {
    var err = new StringWriter();

    int exit = execute(new App(), err, "fast", "-i", folder + "/a=b.csv", folder + "/a=b.csv");

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    assertThat(ran).containsExactly(folder.resolve("a=b.csv"), folder.resolve("a=b.csv"));
  }

  @Test
  void reportsEverythingThroughPicoclisOwnHandler() {
    var err = new StringWriter();

    int exit =
        execute(
            new App(), err, "fast", folder + "/x", "--input=" + folder + "/a=c.csv", folder + "/y");

    assertThat(ran).isEmpty();
    assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString())
        .startsWith(
            """
            Some files cannot be used:
            argument 2: "%1$s/x"
              exists: there is no "x" in "%1$s". Check the spelling and the working directory.
            argument 3: "%1$s/y"
              exists: there is no "y" in "%1$s". Check the spelling and the working directory.
            --input: "%1$s/a=c.csv"
              exists: there is no "a=c.csv" in "%1$s". Did you mean "a=b.csv"?
            Usage: app\
            """
                .formatted(folder));
  }

  @Test
  void convertsOneValue() {
    var err = new StringWriter();
    String there = folder + "/a=b.csv";

    assertThat(execute(new Converting(), err, "--in", there, "--out", folder + "/new")).isZero();
    assertThat(execute(new Converting(), err, "--out", there)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "Invalid value for option '--out' (<outputs>): there is already a file of this name."
                + " Choose another name, or allow overwriting.");
  }

  private static int execute(Object app, StringWriter err, String... args) {
    return CHECKS
        .install(new CommandLine(app))
        .setErr(new PrintWriter(err))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .execute(args);
  }
}
