package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.tools.ToolProvider;

/// Runs [StrongGuardProgram].
final class StrongGuards {

  private static final int SLACK_SECONDS = 30;
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  private StrongGuards() {}

  /// @param who `thread` or `process`
  static Child race(Path folder, String guard, String way, long passes, int seconds, String who)
      throws Exception {
    Path classes = compileVectorSum(folder);
    Path file = folder.resolve("file-" + guard + "-" + way);
    return Child.Launch.of(StrongGuardProgram.class)
        .wrappedBy(List.of("sh", "-c", "ulimit -c 0; exec \"$@\"", "sh"))
        .with(
            MODULE,
            "-XX:ErrorFile=" + folder.resolve("crash-" + guard + "-" + way + ".txt"),
            "-Dfilewright.test.classes=" + classes)
        .atMost(seconds + SLACK_SECONDS)
        .run(folder, file, guard, way, passes, seconds, who);
  }

  static void assertUnharmed(Child child, long passes) {
    assertThat(child.exitCode()).as("exit code of %s", child).isZero();
    assertThat(child.number("junk")).as("junk in %s", child).isZero();
    assertThat(child.number("passes")).as("passes of %s", child).isGreaterThanOrEqualTo(passes);
    assertThat(child.number("refused")).as("truncations that %s met", child).isPositive();
    assertThat(child.number("leaks")).isZero();
    assertThat(child.number("active")).isZero();
  }

  /// By a signal, as the crash file says. Without a core file the JVM ends with 1.
  static void assertKilled(Child child, Path folder, String guard, String way) throws IOException {
    assertThat(child.exitCode()).as("exit code of %s", child).isEqualTo(1);
    Path crash = folder.resolve("crash-" + guard + "-" + way + ".txt");
    assertThat(Files.readString(crash)).contains("SIGBUS");
  }

  private static Path compileVectorSum(Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path source = folder.resolve("VectorSum.java");
    try (var text =
        Objects.requireNonNull(StrongGuards.class.getResourceAsStream("/faults/VectorSum.java"))) {
      Files.write(source, text.readAllBytes());
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                java.io.OutputStream.nullOutputStream(),
                java.io.OutputStream.nullOutputStream(),
                MODULE,
                "-proc:none",
                "-d",
                classes.toString(),
                source.toString());
    assertThat(result).as("compiling VectorSum").isZero();
    return classes;
  }
}
