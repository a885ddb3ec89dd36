package io.filewright.internal.portable;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.error.DeviceFailed;
import io.filewright.error.Truncated;
import io.filewright.internal.threads.WorkerThreads;
import io.filewright.spi.EngineSettings;
import io.filewright.spi.FileIdentity;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a fault during a load means, by what the file's size is afterwards.
class PortableFileTest {

  @TempDir private Path folder;

  @Test
  void aFaultInAFileThatIsWholeNamesBothCauses() throws Exception {
    Path path = Files.write(folder.resolve("file"), new byte[100]);
    try (var file = open(path)) {
      assertThat(file.fault("load", 0, 100, new InternalError()))
          .isInstanceOf(DeviceFailed.class)
          .hasMessage(
              ("[%s] load(offset=0, size=100): the device could not deliver the page. Check the"
                      + " disk and the kernel log; or something truncated the file and restored it"
                      + " meanwhile.")
                  .formatted(path));
    }
  }

  @Test
  void aFaultInAFileThatIsShorterIsATruncation() throws Exception {
    Path path = Files.write(folder.resolve("file"), new byte[99]);
    try (var file = open(path)) {
      assertThat(file.fault("load", 0, 100, new InternalError()))
          .isInstanceOf(Truncated.class)
          .hasMessage(
              ("[%s] load(offset=0, size=100): the file has become shorter, it now ends at byte 99."
                      + " Something else truncates it: open it again.")
                  .formatted(path));
    }
  }

  private static PortableFile open(Path path) throws Exception {
    return new PortableFile(
        path,
        new RandomAccessBytes(path, new RandomAccessFile(path.toFile(), "r")),
        new FileIdentity(0, 0),
        new WorkerThreads(new EngineSettings(1, 0, 1)));
  }
}
