package io.filewright.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.AsyncFiles;
import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FileException;
import io.filewright.error.NotFound;
import io.filewright.error.PermissionDenied;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The snippets of docs/migration.md: what was written before and what is written now, with the
/// same result.
final class MigrationSnippetsTest {

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  @TempDir Path folder;

  private Path path;

  @BeforeEach
  void writeFile() throws Exception {
    path = Files.writeString(folder.resolve("poem"), "first line\nthe second line\nthird\n");
  }

  @Test
  void wholeFile() throws Exception {
    // snippet: read-all-before
    byte[] before = Files.readAllBytes(path);
    // end
    // snippet: read-all-after
    byte[] after;
    try (MmapRegion region = AsyncFiles.openSync(path)) {
      after = region.toByteArray();
    }
    // end
    assertThat(after).isEqualTo(before);
  }

  @Test
  void wholeFileAsText() throws Exception {
    String before = Files.readString(path);
    // snippet: read-string-after
    String text = AsyncFiles.open(path).use(MmapRegion::asString);
    // end
    assertThat(text).isEqualTo(before);
  }

  @Test
  void lines() throws Exception {
    // snippet: lines-before
    int before = 0;
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        before = Math.max(before, line.length());
      }
    }
    // end
    int after;
    // snippet: lines-after
    try (MmapRegion region = AsyncFiles.openSync(path);
        Stream<String> lines = region.lines()) {
      after = lines.mapToInt(String::length).max().orElse(0);
    }
    // end
    assertThat(after).isEqualTo(before).isEqualTo(15);
  }

  @Test
  void segment() throws Exception {
    long before;
    // snippet: map-before
    try (FileChannel channel = FileChannel.open(path);
        Arena arena = Arena.ofShared()) {
      MemorySegment segment = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      before = sum(segment);
    }
    // end
    long after;
    // snippet: map-after
    try (MmapRegion region = AsyncFiles.openSync(path)) {
      after = region.apply(MigrationSnippetsTest::sum);
    }
    // end
    assertThat(after).isEqualTo(before);
  }

  @Test
  void mappedByteBuffer() throws Exception {
    int offset = 7;
    long before;
    // snippet: mapped-buffer-before
    try (FileChannel channel = FileChannel.open(path)) {
      MappedByteBuffer buffer = channel.map(MapMode.READ_ONLY, 0, channel.size());
      buffer.load();
      before = buffer.getLong(offset);
    }
    // end
    long after;
    // snippet: mapped-buffer-after
    var options = OpenOptions.readOnly().withPrefault(Prefault.ALL);
    try (var handle = AsyncFiles.open(path, options)) {
      after = handle.await().apply(segment -> segment.get(LONG, offset));
    }
    // end
    assertThat(after).isEqualTo(before);
  }

  @Test
  void positionalRead() throws Exception {
    long offset = 6;
    var before = ByteBuffer.allocate(8);
    // snippet: position-before
    try (FileChannel channel = FileChannel.open(path)) {
      while (before.hasRemaining()) {
        int count = channel.read(before, offset + before.position());
        if (count < 0) {
          break;
        }
      }
    }
    // end
    var after = ByteBuffer.allocate(8);
    // snippet: position-after
    try (MmapRegion region = AsyncFiles.openSync(path)) {
      region.read(offset, after);
    }
    // end
    assertThat(after.array()).isEqualTo(before.array());
    assertThat(after.hasRemaining()).isFalse();
  }

  @Test
  void asynchronousRead() throws Exception {
    ByteBuffer before = ByteBuffer.allocate(16);
    // snippet: async-before
    try (var channel = AsynchronousFileChannel.open(path)) {
      channel.read(before, 0).get();
    }
    // end
    byte[] after = new byte[16];
    // snippet: async-after
    try (var handle = AsyncFiles.open(path)) {
      handle.await().readAsync(0, MemorySegment.ofArray(after)).join();
    }
    // end
    assertThat(after).isEqualTo(before.array());
  }

  @Test
  void manyFiles() throws Exception {
    List<Path> paths = List.of(path, path);
    // snippet: many-before
    long before = 0;
    for (Path each : paths) {
      before += Files.readAllBytes(each).length;
    }
    // end
    long after = 0;
    // snippet: many-after
    var handles = paths.stream().map(AsyncFiles::open).toList();
    for (var handle : AsyncFiles.asCompleted(handles)) {
      try (handle) {
        after += handle.await().byteSize();
      }
    }
    // end
    assertThat(after).isEqualTo(before);
  }

  @Test
  void errors() {
    Path missing = folder.resolve("missing");
    // snippet: errors-before
    String before;
    try {
      before = Files.readString(missing);
    } catch (NoSuchFileException e) {
      before = "";
    } catch (IOException e) {
      throw new IllegalStateException("which file? what was it doing? " + e.getMessage(), e);
    }
    // end
    // snippet: errors-after
    String after;
    try (MmapRegion region = AsyncFiles.openSync(missing)) {
      after = region.asString();
    } catch (NotFound e) {
      after = "";
    } catch (PermissionDenied e) {
      throw new IllegalStateException("Run it as the owner of " + e.path(), e);
    } catch (FileException e) {
      throw new IllegalStateException(e.getMessage(), e); // [path] operation: cause. What to check.
    }
    // end
    assertThat(after).isEqualTo(before);
  }

  @Test
  void adviceAndLimits() throws Exception {
    String part;
    // snippet: options
    var options =
        OpenOptions.readOnly()
            .withRange(6, 10)
            .withAdvice(MmapAdvice.SEQUENTIAL)
            .withMaxSize(1 << 20);
    try (var handle = AsyncFiles.open(path, options)) {
      part = handle.await().asString();
    }
    // end
    assertThat(part).isEqualTo("line");
    assertThatThrownBy(() -> AsyncFiles.openSync(path, options.withMaxSize(3)))
        .isInstanceOf(FileException.class);
  }

  private static long sum(MemorySegment segment) {
    long sum = 0;
    for (long i = 0; i < segment.byteSize(); i++) {
      sum += segment.get(ValueLayout.JAVA_BYTE, i);
    }
    return sum;
  }
}
