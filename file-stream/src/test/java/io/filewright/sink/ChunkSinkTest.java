package io.filewright.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.FileRuntime;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.AlreadyExists;
import io.filewright.error.IsDirectory;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.error.NoSpace;
import io.filewright.error.NotFound;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.ChunkSink;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.ChunkWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a buffer of 1000 bytes. Whatever happens, no memory and no temporary is left.
class ChunkSinkTest {

  private static final int BUFFER = 1000;

  @TempDir Path folder;
  private Path target = Path.of("");
  private final MemoryBudget budget = MemoryBudget.ofBytes(BUFFER + 4096);

  @BeforeEach
  void writeTarget() throws IOException {
    target = Files.writeString(folder.resolve("target"), "old");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(budget.usedBytes()).isZero();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".filewright"));
    }
  }

  @Test
  void writesSegmentsBuffersAndChunksInTheirOrder() throws Exception {
    Path source = Files.writeString(folder.resolve("source"), "c".repeat(3 * BUFFER));
    try (ChunkWriter writer = sink().open();
        Arena arena = Arena.ofConfined();
        var reader = ChunkSource.of(source).open()) {
      writer.write(arena.allocateFrom("a".repeat(2 * BUFFER)).asSlice(0, 2 * BUFFER));
      ByteBuffer buffer = bytes("b".repeat(10)).position(1);
      writer.write(buffer);
      assertThat(buffer.hasRemaining()).isFalse();
      reader.forEach(writer::write);
      writer.write(MemorySegment.ofArray(new long[BUFFER]));
      assertThat(writer.byteSize()).isEqualTo(2 * BUFFER + 9 + 3 * BUFFER + 8 * BUFFER);
      assertThat(target).hasContent("old");
      writer.commit();
    }
    assertThat(target)
        .hasContent(
            "a".repeat(2 * BUFFER)
                + "b".repeat(9)
                + "c".repeat(3 * BUFFER)
                + "\0".repeat(8 * BUFFER));
  }

  @Test
  void staysWithinItsBuffer() throws Exception {
    byte[] large = new byte[10 << 20];
    try (ChunkWriter writer = sink().open()) {
      writer.write(ByteBuffer.wrap(large));
      for (int i = 0; i < 10_000; i++) {
        writer.write(ByteBuffer.wrap(large, i, 100));
      }
      writer.commit();
      assertThat(budget.usedBytes()).as("given back by the commit").isZero();
    }
    assertThat(budget.stats().peakBytes()).isEqualTo(BUFFER + 4096);
    assertThat(target).hasSize((10 << 20) + 1_000_000);
  }

  @Test
  void anEmptyFileIsContentToo() throws Exception {
    try (ChunkWriter writer = sink().open()) {
      writer.write(ByteBuffer.allocate(0));
      writer.commit();
    }
    assertThat(target).isEmptyFile();
  }

  @Test
  void withoutACommitTheOldContentStays() throws Exception {
    ChunkWriter writer = sink().open();
    writer.write(ByteBuffer.allocate(5000));
    writer.close();
    writer.close();

    assertThat(target).hasContent("old");
    assertThatExceptionOfType(AlreadyClosed.class)
        .isThrownBy(() -> writer.write(bytes("x")))
        .withMessage("ChunkWriter [%s] is already closed.", target);
    assertThatExceptionOfType(AlreadyClosed.class).isThrownBy(writer::commit);
  }

  @Test
  void createsOnlyWhatIsNotThere() throws Exception {
    assertThatExceptionOfType(AlreadyExists.class)
        .isThrownBy(() -> open(ChunkSink.creating(target)));
    Path fresh = folder.resolve("fresh");
    try (ChunkWriter writer =
        ChunkSink.creating(fresh).withBudget(budget).withBufferSize(1).open()) {
      writer.write(bytes("new"));
      writer.commit();
    }
    assertThat(fresh).hasContent("new");
  }

  @Test
  void aFailedCommitRollsBackAndStays() throws Exception {
    try (ChunkWriter writer = sink().open()) {
      writer.write(bytes("new"));
      Files.delete(target);
      Files.createDirectory(target);
      assertThatExceptionOfType(IsDirectory.class)
          .isThrownBy(writer::commit)
          .satisfies(
              first -> {
                assertThat(budget.usedBytes()).isZero();
                assertThatThrownBy(() -> writer.write(bytes("more"))).isSameAs(first);
                assertThatThrownBy(writer::commit).isSameAs(first);
              });
    }
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void halfAWriteRollsBack() throws Exception {
    Arena arena = Arena.ofShared();
    MemorySegment dead = arena.allocate(10);
    arena.close();
    try (ChunkWriter writer = sink().open()) {
      writer.write(bytes("new"));
      assertThatThrownBy(() -> writer.write(dead))
          .hasMessage("Already closed")
          .satisfies(first -> assertThatThrownBy(writer::commit).isSameAs(first));
      assertThat(budget.usedBytes()).isZero();
    }
    assertThat(target).hasContent("old");
  }

  @Test
  void whatIsExpectedIsReservedAndCutOff() throws Exception {
    try (ChunkWriter writer = sink().withExpectedSize(1 << 20).open()) {
      try (Stream<Path> files = Files.list(folder)) {
        Path temporary =
            files.filter(file -> file.toString().endsWith(".filewright")).findAny().orElseThrow();
        assertThat(temporary).hasSize(1 << 20);
      }
      writer.write(bytes("new"));
      writer.commit();
    }
    assertThat(target).hasContent("new");
  }

  @Test
  void moreThanExpectedIsWrittenToo() throws Exception {
    try (ChunkWriter writer = sink().withExpectedSize(1).open()) {
      writer.write(ByteBuffer.allocate(100_000));
      writer.commit();
    }
    assertThat(target).hasSize(100_000);
  }

  @Test
  void aFullDiskIsKnownBeforeAnythingIsWritten() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isDirectory(memory) && Files.getFileStore(memory).type().equals("tmpfs"),
        "there is no tmpfs at /dev/shm");
    assumeTrue(
        !FileRuntime.shared().engine().name().equals("portable"), "zeros would fill the memory");
    Path file = memory.resolve("filewright-" + ProcessHandle.current().pid());
    long tooMuch = 2 * Files.getFileStore(memory).getTotalSpace();

    assertThatExceptionOfType(NoSpace.class)
        .isThrownBy(() -> open(ChunkSink.creating(file).withExpectedSize(tooMuch)))
        .withMessage(
            "[%s] allocate(offset=0, size=%d): the disk has no room for the content that is"
                + " expected. Make room on the disk.",
            file, tooMuch);
    assertThat(file).doesNotExist();
  }

  @Test
  void syncsBehindWhatIsWritten() throws Exception {
    Arena arena = Arena.ofAuto();
    MemorySegment piece = arena.allocate(8 << 20);
    piece.fill((byte) 'x');
    try (var recording = new Recording()) {
      recording.enable("jdk.FileForce").withoutThreshold();
      recording.start();
      try (ChunkWriter writer = sink().open()) {
        for (int i = 0; i < 40; i++) {
          writer.write(piece);
        }
        writer.commit();
      }
      recording.stop();
      assertThat(syncsBehind(recording)).isBetween(1L, 5L);
    }
    assertThat(target).hasSize(320L << 20);
  }

  private long syncsBehind(Recording recording) throws IOException {
    Path events = folder.resolve("events.jfr");
    recording.dump(events);
    return RecordingFile.readAllEvents(events).stream()
        .filter(sync -> Path.of(sync.getString("path")).startsWith(folder))
        .filter(sync -> sync.getThread().getJavaName().equals("filewright-write-behind"))
        .count();
  }

  @Test
  void saysThatTheTargetCannotBeOrTheBudgetNever() {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> open(ChunkSink.replacing(folder.resolve("none/target"))));
    assertThatExceptionOfType(MemoryLimitExceeded.class)
        .isThrownBy(() -> open(sink().withBufferSize(BUFFER + 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sink().withBufferSize(0))
        .withMessage("bufferBytes: 0; it must be from 1 to 4398046511104");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sink().withExpectedSize(-1))
        .withMessage("expectedBytes: -1; it must be from 0 to 9223372036854775807");
  }

  private ChunkSink sink() {
    return ChunkSink.replacing(target).withBudget(budget).withBufferSize(BUFFER);
  }

  private static void open(ChunkSink sink) throws Exception {
    sink.open().close();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
