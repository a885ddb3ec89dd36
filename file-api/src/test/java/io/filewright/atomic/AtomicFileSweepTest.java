package io.filewright.atomic;

import static io.filewright.atomic.Folder.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.AtomicFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Temporaries whose process is gone are removed, and no others.
class AtomicFileSweepTest {

  private static final String STALE = ".target.0123456789abcdef.filewright";

  @TempDir Path folder;

  /// A process that holds a temporary until it is killed.
  static final class Holder {

    public static void main(String[] arguments) throws Exception {
      try (AtomicFile file = AtomicFile.replacing(Path.of(arguments[0]))) {
        file.write(bytes("half"));
        System.out.println("held");
        var _ = System.in.read(); // until it is killed, or the test is
      }
    }
  }

  @Test
  void removesWhatAKilledProcessLeftAndNothingWhileItLives() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Process holder = hold(target);
    try {
      assertThat(AtomicFile.sweep(folder)).isZero();
      AtomicFile.write(target, new byte[] {1});
      assertThat(Folder.names(folder)).hasSize(2);
    } finally {
      holder.destroyForcibly().waitFor();
    }
    assertThat(Folder.names(folder)).hasSize(2);

    assertThat(AtomicFile.sweep(folder)).isEqualTo(1);

    assertThat(Folder.names(folder)).containsExactly("target");
    assertThat(target).hasBinaryContent(new byte[] {1});
  }

  @Test
  void removesWhatIsLeftAtTheNextReplace() throws Exception {
    Path target = folder.resolve("target");
    Files.createFile(folder.resolve(STALE));
    Files.createFile(folder.resolve(".other.0123456789abcdef.filewright"));

    AtomicFile.write(target, new byte[] {1});

    assertThat(Folder.names(folder)).containsExactly("target");
  }

  @Test
  void removesWhatIsLeftOfALongName() throws Exception {
    Path target = folder.resolve("x".repeat(255));
    Process holder = hold(target);
    holder.destroyForcibly().waitFor();
    assertThat(Folder.names(folder)).hasSize(1);

    AtomicFile.write(target, new byte[] {1});

    assertThat(Folder.names(folder)).containsExactly("x".repeat(255));
  }

  /// Looking into them would already drop their locks.
  @Test
  void leavesItsOwnProcessAlone() throws Exception {
    Path target = folder.resolve("target");
    try (AtomicFile file = AtomicFile.replacing(target)) {
      file.write(bytes("new"));
      assertThat(AtomicFile.sweep(folder)).isZero();
      try (AtomicFile second = AtomicFile.replacing(target)) {
        second.commit();
      }
      assertThat(sweepElsewhere()).isEqualTo("0");
      file.commit();
    }
    assertThat(target).hasContent("new");
  }

  @Test
  void leavesWhatIsNotATemporary() throws Exception {
    for (String name :
        new String[] {
          "target",
          ".target.0123456789abcde.filewright",
          ".target.0123456789ABCDEF.filewright",
          "target.0123456789abcdef.filewright",
          ".target.0123456789abcdef.filewright2",
          "..0123456789abcdef.filewright"
        }) {
      Files.createFile(folder.resolve(name));
    }
    Files.createDirectory(folder.resolve(STALE));
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    Files.createSymbolicLink(folder.resolve(".link.0123456789abcdef.filewright"), precious);
    int before = Folder.names(folder).size();

    assertThat(AtomicFile.sweep(folder)).isZero();

    assertThat(Folder.names(folder)).hasSize(before);
  }

  /// To open one would wait for its other end.
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isNotHeldUpByAFifo() throws Exception {
    Path fifo = folder.resolve(STALE);
    assumeTrue(
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "there is no mkfifo");

    assertThat(AtomicFile.sweep(folder)).isZero();

    assertThat(fifo).exists();
  }

  /// A process that sweeps and says how many.
  static final class Sweep {

    public static void main(String[] arguments) throws IOException {
      System.out.println(AtomicFile.sweep(Path.of(arguments[0])));
    }
  }

  private String sweepElsewhere() throws Exception {
    Process process = start(Sweep.class, folder);
    try (BufferedReader lines = lines(process)) {
      return String.valueOf(lines.readLine());
    } finally {
      process.waitFor();
    }
  }

  private static Process hold(Path target) throws Exception {
    Process process = start(Holder.class, target);
    assertThat(lines(process).readLine()).isEqualTo("held");
    return process;
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static Process start(Class<?> program, Path argument) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            argument.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
