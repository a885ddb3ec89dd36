package io.filewright.atomic;

import static io.filewright.atomic.Folder.bytes;
import static io.filewright.atomic.Folder.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.AtomicFile;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.FileException;
import io.filewright.error.NotFound;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a writer of a file as a whole does when nothing goes wrong.
class AtomicFileTest {

  private static final int LARGE = (1 << 20) + 7;

  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void writeTarget() throws IOException {
    target = Files.writeString(folder.resolve("target"), "old");
  }

  @Test
  void replacesTheContentAtTheCommitAndNotBefore() throws Exception {
    try (AtomicFile file = AtomicFile.replacing(target)) {
      file.write(bytes("new "));
      file.write(bytes("content"));
      assertThat(target).hasContent("old");
      assertThat(file.byteSize()).isEqualTo(11);
      assertThat(file.target()).isEqualTo(target);
      file.commit();
      assertThat(target).hasContent("new content");
    }
    assertThat(target).hasContent("new content");
    assertThat(names()).containsExactly("target");
  }

  @Test
  void readsBackWhatIsNotCommitted() throws Exception {
    try (AtomicFile file = AtomicFile.replacing(target)) {
      ByteBuffer back = ByteBuffer.allocate(8);
      assertThat(file.read(0, back)).isZero();
      file.write(bytes("new "));
      file.write(bytes("content"));
      assertThat(file.read(2, back)).isEqualTo(8);
      assertThat(new String(back.array(), StandardCharsets.UTF_8)).isEqualTo("w conten");
      assertThat(back.hasRemaining()).isFalse();
      assertThat(file.read(9, back.clear())).isEqualTo(2);
      assertThat(back.position()).isEqualTo(2);
      assertThatThrownBy(() -> file.read(0, back.asReadOnlyBuffer()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(file.read(12, back.clear())).isZero();
      file.write(bytes("!"));
      file.commit();
    }
    assertThat(target).hasContent("new content!");
  }

  @Test
  void leavesTheOldContentWithoutACommit() throws Exception {
    AtomicFile file = AtomicFile.replacing(target);
    file.write(bytes("new"));
    assertThat(names()).hasSize(2);

    file.close();
    file.close();

    assertThat(target).hasContent("old");
    assertThat(names()).containsExactly("target");
  }

  @Test
  void makesAnEmptyFileOfNothing() throws Exception {
    try (AtomicFile file = AtomicFile.replacing(target)) {
      file.commit();
    }
    assertThat(target).isEmptyFile();
  }

  @Test
  void createsAFileThatWasNotThere() throws Exception {
    Path absent = folder.resolve("absent");

    AtomicFile.write(absent, new byte[] {1, 2, 3});

    assertThat(absent).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(names()).containsExactly("absent", "target");
  }

  @Test
  void keepsTheFileIfTheContentCannotBeMade() throws Exception {
    var failure = new IllegalArgumentException("no");

    assertThatThrownBy(
            () ->
                AtomicFile.replace(
                    target,
                    file -> {
                      file.write(bytes("new"));
                      throw failure;
                    }))
        .isSameAs(failure);

    assertThat(target).hasContent("old");
    assertThat(names()).containsExactly("target");
  }

  @Test
  void takesSegmentsOfEveryKind() throws Exception {
    try (AtomicFile file = AtomicFile.replacing(target);
        Arena confined = Arena.ofConfined();
        Arena shared = Arena.ofShared()) {
      file.write(confined.allocateFrom(ValueLayout.JAVA_BYTE, pattern(LARGE)));
      file.write(shared.allocateFrom(ValueLayout.JAVA_BYTE, pattern(3)));
      file.write(MemorySegment.ofArray(pattern(LARGE)).asReadOnly());
      file.write(MemorySegment.ofArray(new int[] {0x01010101}).asReadOnly());
      file.write(MemorySegment.NULL);
      file.commit();
    }

    var content = ByteBuffer.wrap(Files.readAllBytes(target));
    assertThat(content.capacity()).isEqualTo(2 * LARGE + 7);
    assertThat(content.slice(0, LARGE)).isEqualTo(ByteBuffer.wrap(pattern(LARGE)));
    assertThat(content.slice(LARGE, 3)).isEqualTo(ByteBuffer.wrap(pattern(3)));
    assertThat(content.slice(LARGE + 3, LARGE)).isEqualTo(ByteBuffer.wrap(pattern(LARGE)));
    assertThat(content.getInt(2 * LARGE + 3)).isEqualTo(0x01010101);
  }

  @Test
  void takesBuffersOfEveryKindToTheirLimit() throws Exception {
    try (AtomicFile file = AtomicFile.replacing(target)) {
      ByteBuffer direct = ByteBuffer.allocateDirect(LARGE).put(pattern(LARGE)).flip();
      file.write(direct);
      assertThat(direct.hasRemaining()).isFalse();
      file.write(ByteBuffer.wrap(pattern(10), 2, 3).asReadOnlyBuffer());
      file.commit();
    }

    var content = ByteBuffer.wrap(Files.readAllBytes(target));
    assertThat(content.slice(0, LARGE)).isEqualTo(ByteBuffer.wrap(pattern(LARGE)));
    assertThat(content.slice(LARGE, 3)).isEqualTo(ByteBuffer.wrap(pattern(10), 2, 3));
    assertThat(content.capacity()).isEqualTo(LARGE + 3);
  }

  @Test
  void takesAStreamWhoseCloseDoesNotCommit() throws Exception {
    try (AtomicFile file = AtomicFile.replacing(target)) {
      var stream = file.outputStream();
      stream.write('a');
      stream.write(bytes("bcd").array(), 1, 2);
      stream.close();
      assertThat(target).hasContent("old");
      assertThatThrownBy(() -> stream.write('x'))
          .isInstanceOf(AlreadyClosed.class)
          .hasMessage("The stream of [" + target + "] is already closed.");
      file.commit();
    }
    assertThat(target).hasContent("acd");
  }

  @Test
  void refusesAllButCloseOnceItHasEnded() throws Exception {
    AtomicFile committed = AtomicFile.replacing(target);
    committed.commit();
    AtomicFile closed = AtomicFile.replacing(target);
    closed.close();

    for (AtomicFile file : List.of(committed, closed)) {
      assertThatThrownBy(file::commit)
          .isInstanceOf(AlreadyClosed.class)
          .hasMessage("AtomicFile [" + target + "] is already closed.");
      assertThatThrownBy(() -> file.write(bytes("x"))).isInstanceOf(AlreadyClosed.class);
      assertThatThrownBy(() -> file.write(MemorySegment.NULL)).isInstanceOf(AlreadyClosed.class);
      assertThatThrownBy(() -> file.outputStream().write(1)).isInstanceOf(AlreadyClosed.class);
      assertThat(file.byteSize()).isZero();
      file.close();
    }
  }

  /// Half of a segment may be in the temporary: that must never become the file.
  @Test
  void cannotBeCommittedAfterAWriteThatBrokeOff() throws Exception {
    try (AtomicFile file = AtomicFile.replacing(target)) {
      Arena arena = Arena.ofConfined();
      MemorySegment dead = arena.allocate(8);
      arena.close();

      assertThatThrownBy(() -> file.write(dead)).isInstanceOf(IllegalStateException.class);

      assertThatThrownBy(file::commit)
          .hasMessage(
              "[%s] write: an earlier write broke off in its middle. Write it all again."
                  .formatted(target));
    }
    assertThat(target).hasContent("old");
    assertThat(names()).containsExactly("target");
  }

  @Test
  void keepsItsFirstFailure() throws Exception {
    try (AtomicFile file = AtomicFile.replacing(target)) {
      file.write(bytes("new"));
      Files.delete(Folder.temporary(folder));

      FileException first = failure(file::commit);

      assertThat(first)
          .isInstanceOf(NotFound.class)
          .hasMessage(
              "[%s] setPermissions: its temporary or its directory is gone. Check what else removes"
                      .formatted(target)
                  + " files there, and write it again.");
      assertThat(failure(file::commit)).isSameAs(first);
      assertThat(failure(() -> file.write(bytes("x")))).isSameAs(first);
    }
    assertThat(target).hasContent("old");
  }

  private List<String> names() throws IOException {
    return Folder.names(folder);
  }

  private static byte[] pattern(int size) {
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + i / 4099);
    }
    return bytes;
  }
}
