package io.filewright.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs jcstress, which sees the outcomes of races on real processors, with the JVM's compilers and
/// the machine's memory model in them: two processors, the bounds of its mode `quick`.
class StressTest {

  @TempDir Path directory;

  @Test
  void noForbiddenOutcomeOfALifetime() throws Exception {
    assertClean("io.filewright.stress.LifetimeStress", 4);
  }

  @Test
  void noForbiddenOutcomeOfAHandle() throws Exception {
    assertClean("io.filewright.stress.HandleStress", 2);
  }

  @Test
  void aReleaseInTwoStepsIsFound() throws Exception {
    assertFound("io.filewright.stress.PlantedStress.ReleaseInTwoSteps");
  }

  @Test
  void aSettleWithoutComparingIsFound() throws Exception {
    assertFound("io.filewright.stress.PlantedStress.SettleWithoutComparing");
  }

  /// @param count how many tests there are: jcstress leaves out, without failing, those which have
  ///   more threads than it has processors
  private void assertClean(String tests, int count) throws IOException, InterruptedException {
    Verdict verdict = jcstress(tests);
    assertThat(verdict.output())
        .contains("Failed tests: No matches")
        .contains("Error tests: No matches")
        .contains("All remaining tests: " + count + " matching test results");
    assertThat(verdict.exit()).as(verdict.output()).isZero();
  }

  private void assertFound(String test) throws IOException, InterruptedException {
    Verdict verdict = jcstress(test);
    assertThat(verdict.output()).containsPattern("(?m)^ .* (Forbidden|FORBIDDEN) ");
    assertThat(verdict.exit()).as(verdict.output()).isNotZero();
  }

  private record Verdict(int exit, String output) {}

  private Verdict jcstress(String tests) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath(),
            "org.openjdk.jcstress.Main",
            "-jvmArgsPrepend",
            "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow",
            "-m",
            "quick",
            "-c",
            "2",
            "-t",
            tests,
            "-r",
            directory.resolve("results").toString());
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      return new Verdict(process.waitFor(), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }

  /// Without the folder of main classes, which is not there: jcstress would stumble over it.
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> Files.exists(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
