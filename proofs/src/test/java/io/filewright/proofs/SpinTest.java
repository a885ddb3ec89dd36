package io.filewright.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Spin tries every interleaving of a Promela model: none violates an assertion, blocks a thread
/// for ever or goes round in a circle; with any of the planted mistakes one does.
///
/// Needs the programs `spin` and `gcc`; skipped where they are not installed. Each run is a process
/// in a folder of its own, so that several may go at the same time.
@Execution(ExecutionMode.CONCURRENT)
class SpinTest {

  private static final Pattern PLANTED = Pattern.compile("planted( among all)?: ([A-Z_]+)");

  /// More than the longest run has steps.
  private static final String DEPTH = "-m10000";

  /// gcc's: optimising a checker takes longer than a run of less than a few million states gains.
  private static final String QUICK_TO_COMPILE = "-O0";

  private static final String QUICK_TO_RUN = "-O2";

  private static final long PATIENCE_SECONDS = 900;

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> handle() {
    return proofs("handle.pml", 9, List.of());
  }

  @TestFactory
  Stream<DynamicTest> region() {
    return proofs("region.pml", 9, List.of("-DSMALL"));
  }

  @TestFactory
  Stream<DynamicTest> budget() {
    return proofs("budget.pml", 8, List.of());
  }

  /// All six threads: two minutes.
  @Test
  @Tag("slow")
  void regionWithItsSlice() throws Exception {
    assertSound(verdict("region.pml", List.of(), QUICK_TO_RUN, "-DSAFETY"));
  }

  /// @param count how many mistakes the model plants, so that none gets lost
  /// @param safe flags of the model that is to be safe
  private Stream<DynamicTest> proofs(String name, int count, List<String> safe) {
    var mistakes = PLANTED.matcher(Models.text(name)).results().toList();
    assertThat(mistakes).hasSize(count);
    return Stream.concat(
        Stream.of(
            DynamicTest.dynamicTest(
                "soundSafety",
                () -> assertSound(verdict(name, safe, QUICK_TO_COMPILE, "-DSAFETY"))),
            DynamicTest.dynamicTest(
                "soundTermination",
                () ->
                    assertSound(
                        verdict(name, List.of("-DSMALL"), QUICK_TO_COMPILE, "-DNP", "-l")))),
        mistakes.stream()
            .map(
                mistake ->
                    DynamicTest.dynamicTest(
                        mistake.group(2),
                        () -> assertFound(name, mistake.group(2), mistake.group(1) == null))));
  }

  /// @param small whether few threads suffice to run into it
  private void assertFound(String name, String mistake, boolean small)
      throws IOException, InterruptedException {
    var flags = small ? List.of("-D" + mistake, "-DSMALL") : List.of("-D" + mistake);
    assertThat(verdict(name, flags, QUICK_TO_COMPILE, "-DSAFETY"))
        .containsPattern("assertion violated|invalid end state")
        .contains("errors: 1");
  }

  private static void assertSound(String verdict) {
    assertThat(verdict).contains("errors: 0").doesNotContain("max search depth too small");
  }

  private String verdict(
      String name, List<String> modelFlags, String speed, String checker, String... runFlags)
      throws IOException, InterruptedException {
    assumeTrue(isInstalled("spin"), "spin is not installed");
    assumeTrue(isInstalled("gcc"), "gcc is not installed");
    Path work = Files.createTempDirectory(directory, "spin");
    Files.writeString(work.resolve("model.pml"), Models.text(name));
    run(work, command("spin", modelFlags, "-a", "model.pml"));
    run(work, List.of("gcc", speed, "-w", checker, "-o", "pan", "pan.c"));
    return run(work, command("./pan", List.of(DEPTH, "-w20"), runFlags));
  }

  private static List<String> command(String program, List<String> flags, String... more) {
    var command = new ArrayList<String>();
    command.add(program);
    command.addAll(flags);
    command.addAll(List.of(more));
    return command;
  }

  private static String run(Path work, List<String> command)
      throws IOException, InterruptedException {
    Path output = work.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String text = Files.readString(output);
      assertThat(ended).as("%s ended in time: %s", command, text).isTrue();
      assertThat(process.exitValue()).as("%s: %s", command, text).isZero();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
