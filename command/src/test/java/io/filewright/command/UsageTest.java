package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for all commands: help, exit codes, errors in one line, pipes.
class UsageTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "open", "residency", "load", "evict", "check", "info"})
  void hasHelpAndVersion(String command) {
    Object[] help = command.isEmpty() ? new Object[] {"--help"} : new Object[] {command, "--help"};
    Object[] version = help.clone();
    version[version.length - 1] = "--version";

    assertThat(CommandRun.of(help).out()).startsWith("Usage: filewright " + command);
    assertThat(CommandRun.of(help).exitCode()).isZero();
    assertThat(CommandRun.of(version).out()).matches("filewright [0-9]+\\.[0-9]+\\.[0-9]+.*\n");
  }

  @Test
  void endsWithTwoForWrongUsage() {
    assertUsageError("A command is missing. Try 'filewright --help'.");
    assertUsageError("Missing required parameter: 'FILE'. Try 'filewright open --help'.", "open");
    assertUsageError(
        "Invalid value for option '--prefault': expected one of [NONE, HEAD, ALL, AUTO]"
            + " (case-insensitive) but was '\\u001bx'. Try 'filewright open --help'.",
        "open",
        "--prefault",
        "\u001bx",
        "file");
  }

  @Test
  void runsNoOtherEngineThanTheOneThatWasNamed() {
    var run = CommandRun.of("open", "--json", "--engine", "warp", "file");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("filewright: engine warp: there is no such engine on the class path.")
        .hasLineCount(1);
  }

  @Test
  void takesABrokenPipeForANormalEnd() throws IOException {
    assertThat(exitCodeWhenOutputFails("Broken pipe", new ByteArrayOutputStream())).isZero();
  }

  @Test
  void saysThatOutputIsFull() throws IOException {
    var err = new ByteArrayOutputStream();

    assertThat(exitCodeWhenOutputFails("No space left on device", err)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("filewright: standard output: No space left on device.\n");
  }

  @Test
  void showsTheStackOnlyToThoseWhoDebug() {
    assertThat(CommandRun.of("open", "--engine", "warp", "f").err()).doesNotContain("\tat ");
    assertThat(CommandRun.of("open", "--debug", "--engine", "warp", "f").err()).contains("\tat ");
    System.clearProperty(FilewrightCommand.DEBUG_PROPERTY);
  }

  private int exitCodeWhenOutputFails(String reason, OutputStream err) throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "x");
    var out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(reason);
          }
        };
    String[] args = {"open", "--json", file.toString(), folder.toString()};
    return Main.run(new Streams(out, err, Terminal.none()), args);
  }

  private static void assertUsageError(String message, Object... args) {
    var run = CommandRun.of(args);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("filewright: " + message + "\n");
  }
}
