package io.filewright.bench.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.filewright.bench.Arguments;
import io.filewright.bench.Outcome;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePassTest {

  private static final int MEGABYTES = 10;

  @TempDir private Path folder;

  @Test
  void metersWhatAPassTakesAndNotItself() throws Exception {
    var idle = round(new Allocating(0), "true").metrics();
    var greedy = round(new Allocating(100_000), "true").metrics();

    assertEquals(100_000, greedy.get("heap B/MB") - idle.get("heap B/MB"), 2_000);
    assertTrue(idle.get("heap B/MB") < 100, idle::toString);
    assertTrue(idle.get("reads/MB") < 1, idle::toString);
  }

  @Test
  void metersOnlyWhenTold() throws Exception {
    assertEquals(Map.of(), round(new Allocating(0), "false").metrics());
  }

  /// The second, as the first loads classes.
  private Outcome round(FilePass pass, String metered) throws Exception {
    try (var file = new RandomAccessFile(folder.resolve("f00000").toFile(), "rw")) {
      file.setLength(MEGABYTES * 1_000_000L);
    }
    pass.prepare(new Arguments(Map.of("dir", folder.toString(), "metered", metered)));
    assertEquals("2a", pass.run().checksum().orElseThrow());
    return pass.run();
  }

  /// Allocates so many bytes for each MB.
  private static final class Allocating extends FilePass {
    private final int bytes;
    private byte[] held = {};

    Allocating(int bytes) {
      this.bytes = bytes;
    }

    @Override
    protected long pass(Path file) {
      for (int i = 0; i < MEGABYTES && bytes > 0; i++) {
        held = new byte[bytes];
      }
      return Files.exists(file) ? 42 : held.length;
    }
  }
}
