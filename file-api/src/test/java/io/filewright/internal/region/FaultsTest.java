package io.filewright.internal.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.AsyncFiles;
import io.filewright.error.Truncated;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FaultsTest {

  private static final Path FILE = Path.of("file");

  @Test
  void sayWhetherTheFileIsShorterOrOnlyGivesLess() {
    assertThat(Faults.truncated(FILE, "read", 10, 20, 19, null))
        .hasMessageContaining("the file has become shorter, it now ends at byte 19");
    assertThat(Faults.truncated(FILE, "read", 10, 20, 20, null))
        .hasMessageContaining("the file gives fewer than the 20 bytes that it says it has");
  }

  @Test
  void aFileThatTheKernelMakesUpGivesLess() {
    Path made = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    assumeTrue(Files.isReadable(made), made + " is not there");
    assertThatThrownBy(() -> AsyncFiles.openSync(made).close())
        .isInstanceOf(Truncated.class)
        .hasMessageContaining("gives fewer than the 4096 bytes");
  }
}
