package io.filewright.populate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Up to 100,000 truncations while somebody reads: no junk, no dead JVM, in any mode of the JVM, as
/// each delivers the signal of a fault in its own way. A machine with other work to do ends
/// earlier.
class TruncationRaceTest {

  private static final int SECONDS = 12;
  private static final Pattern SUMMARY = Pattern.compile("right=(\\d+) typed=(\\d+) junk=0");

  @ParameterizedTest
  @CsvSource({"-Xint, 10000", "-XX:TieredStopAtLevel=1, 30000", "-XX:+TieredCompilation, 60000"})
  void noJunkAndNoCrash(String mode, int rounds, @TempDir Path folder) throws Exception {
    Path output = folder.resolve("output.txt");
    Process child =
        new ProcessBuilder(command(mode, folder.resolve("file"), rounds))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = child.waitFor(SECONDS + 30, TimeUnit.SECONDS);
    child.destroyForcibly().waitFor();
    String text = Files.readString(output);
    assertThat(ended).as("ended in time: %s", text).isTrue();
    assertThat(child.exitValue()).as(text).isZero();
    Matcher summary = SUMMARY.matcher(text);
    assertThat(summary.find()).as(text).isTrue();
    int right = Integer.parseInt(summary.group(1));
    int typed = Integer.parseInt(summary.group(2));
    assertThat(right + typed).as("rounds").isBetween(rounds / 20, rounds);
    assertThat(typed).as("rounds that met a truncation").isGreaterThan((right + typed) / 50);
  }

  private static List<String> command(String mode, Path file, int rounds) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            mode,
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-XX:-CreateCoredumpOnCrash",
            "--enable-native-access=ALL-UNNAMED",
            "--class-path",
            System.getProperty("java.class.path"),
            TruncationRace.class.getName(),
            file.toString(),
            Integer.toString(rounds),
            Integer.toString(SECONDS)));
    return command;
  }
}
