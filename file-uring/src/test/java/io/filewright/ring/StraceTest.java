package io.filewright.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a child's system calls say: that the kernel was asked by a ring, or refused one.
class StraceTest {

  private static final int SIZE = 3 << 20;

  @TempDir Path folder;
  private Path file;
  private Path record;

  @BeforeEach
  void needsStrace(TestInfo test) throws Exception {
    assumeTrue(
        List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, "strace"))),
        test.getDisplayName() + " was skipped: there is no strace on the PATH");
    record = folder.resolve("strace.txt");
    file = folder.resolve("file-to-load");
    Files.write(file, new byte[SIZE]);
  }

  @Test
  void theRingOpensReadsAndBringsInWithoutASystemCallForAny() throws Exception {
    String output = run("io_uring", "openat,madvise,io_uring_enter", "");

    assertThat(output).contains("engine=io_uring", "mapped=" + SIZE, "copied=1000", "threads=0");
    String calls = Files.readString(record);
    assertThat(calls).contains("io_uring_enter(");
    // But for the probe of the platform, which asks for nothing.
    assertThat(calls.lines().filter(line -> line.contains("MADV_POPULATE_READ")))
        .allMatch(line -> line.contains("madvise(NULL, 0,"));
    assertThat(calls.lines().filter(line -> line.contains("open")))
        .noneMatch(line -> line.contains(file.toString()));
  }

  @Test
  void populateIsSeenToOpenAndBringInByItself() throws Exception {
    String output = run("populate", "openat,madvise,io_uring_enter", "");

    assertThat(output).contains("engine=populate", "mapped=" + SIZE);
    assertThat(Files.readString(record))
        .contains(file.toString(), "MADV_POPULATE_READ")
        .doesNotContain("io_uring_enter(");
  }

  @Test
  void aRefusedRingIsATypedErrorForWhoAsksForIt() throws Exception {
    String output = run("io_uring", "io_uring_setup", "error=EPERM");

    assertThat(output)
        .contains("engine io_uring: the kernel refuses io_uring (")
        .contains("Available here: populate, epoll, portable");
    assertThat(Files.readString(record)).contains("(INJECTED)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EPERM", "ENOMEM", "EBUSY", "ENOSYS"})
  void aRefusedRingIsOneLineForWhoPrefersIt(String errno) throws Exception {
    String output = run("PREFERRED", "io_uring_setup", "error=" + errno);

    assertThat(output).contains("engine=populate", "mapped=" + SIZE, "copied=1000");
    assertThat(output.lines().filter(line -> line.contains("cannot run here")))
        .singleElement()
        .asString()
        .contains("Engine io_uring cannot run here: the kernel refuses io_uring (");
    assertThat(Files.readString(record)).contains("(INJECTED)");
  }

  @Test
  void aPreferredRingThatIsThereIsTaken() throws Exception {
    assertThat(run("PREFERRED", "io_uring_setup", ""))
        .contains("engine=io_uring")
        .doesNotContain("cannot run here");
  }

  @Test
  void withoutARingTheBestEngineLoads() throws Exception {
    String output = run("AUTO", "io_uring_setup", "error=EPERM");

    assertThat(output).contains("engine=populate", "mapped=" + SIZE, "copied=1000");
    assertThat(output).doesNotContain("WARNING", "Exception");
  }

  private String run(String engine, String calls, String fault) throws Exception {
    // With a filter in the kernel, calls which are not traced do not stop the child.
    var command = new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf", "-qq"));
    command.addAll(List.of("-o", record.toString()));
    command.addAll(List.of("-e", "trace=" + calls));
    if (!fault.isEmpty()) {
      command.addAll(List.of("-e", "inject=" + calls + ":" + fault));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--class-path",
            System.getProperty("java.class.path"),
            LoadProgram.class.getName(),
            engine,
            file.toString()));
    Path output = folder.resolve("output.txt");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    String text = Files.readString(output);
    assertThat(ended).as(text).isTrue();
    return text;
  }
}
