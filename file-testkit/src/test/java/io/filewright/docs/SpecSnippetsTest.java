package io.filewright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AsyncFileHandle;
import io.filewright.AsyncFiles;
import io.filewright.MmapRegion;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The snippets of spec/README.md.
class SpecSnippetsTest {

  @TempDir private Path folder;
  private Path path;
  private int other;

  @BeforeEach
  void writeFile() throws Exception {
    path = Files.writeString(folder.resolve("data.csv"), "a,b\n1,2\n");
  }

  @Test
  void autoLoading() throws Exception {
    String text;
    // snippet: auto-loading
    try (var handle = AsyncFiles.open(path)) { // the load begins here
      doSomethingElse();
      text = handle.await().asString(); // and is waited for here
    }
    // end
    assertThat(text).isEqualTo("a,b\n1,2\n");
    assertThat(other).isEqualTo(1);
  }

  @Test
  void checkThenWait() throws Exception {
    long size;
    // snippet: check-then-wait
    try (var handle = AsyncFiles.open(path)) {
      while (!handle.isDone()) {
        doSomethingElse(); // neither question waits
      }
      size = handle.await().byteSize(); // returns at once, or throws why there is no region
    }
    // end
    assertThat(size).isEqualTo(8);
  }

  @Test
  void lazy() throws Exception {
    long lines;
    // snippet: lazy
    try (AsyncFileHandle<MmapRegion> handle = AsyncFiles.openLazy(path)) { // nothing happens yet
      lines = handle.use(region -> region.lines().count()); // starts, waits, uses, closes
    }
    // end
    assertThat(lines).isEqualTo(2);
  }

  private void doSomethingElse() {
    other++;
  }
}
