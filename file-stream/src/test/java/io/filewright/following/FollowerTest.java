package io.filewright.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.IsDirectory;
import io.filewright.error.NotFound;
import io.filewright.error.TooLarge;
import io.filewright.error.Unsupported;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Follow;
import io.filewright.stream.Follower;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a follower sees of what happens to a log.
@Timeout(60)
class FollowerTest {

  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  @TempDir private Path directory;
  private final MemoryBudget budget = MemoryBudget.ofBytes(4 << 20);
  private Path log = Path.of("");

  @BeforeEach
  void name() {
    log = directory.resolve("log");
  }

  @AfterEach
  void givesAllMemoryBack() {
    assertThat(budget.usedBytes()).isZero();
  }

  private Follow follow() {
    return ChunkSource.follow(log).withBudget(budget);
  }

  private void append(String text) throws Exception {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String now(Follower follower) throws Exception {
    var text = new StringBuilder();
    for (var next = follower.nextNow(); next.isPresent(); next = follower.nextNow()) {
      text.append(text(next));
    }
    return text.toString();
  }

  private static String text(Optional<Chunk> chunk) throws Exception {
    try (Chunk open = chunk.orElseThrow()) {
      return new String(open.toByteArray(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void beginsAtTheEnd() throws Exception {
    append("old\nunfin");
    try (var follower = follow().open()) {
      assertThat(now(follower)).isEmpty();
      append("ished\nnew\nnext");
      assertThat(now(follower)).isEqualTo("unfinished\nnew\n");
    }
  }

  @Test
  void beginsWithTheLastRecords() throws Exception {
    append("1\n2\n3\n4\nrest");
    try (var follower = follow().withLast(2).open()) {
      assertThat(now(follower)).isEqualTo("3\n4\n");
    }
    try (var follower = follow().withLast(9).open()) {
      assertThat(now(follower)).isEqualTo("1\n2\n3\n4\n");
    }
    try (var follower = follow().fromBeginning().withChunkSize(3).open()) {
      assertThat(text(follower.nextNow())).isEqualTo("1\n");
      assertThat(now(follower)).isEqualTo("2\n3\n4\n");
    }
  }

  @Test
  void lastRecordsAreFoundInLargeFiles() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      text.append(i).append('\n');
    }
    append(text.toString());
    try (var follower = follow().withLast(30_000).open()) {
      assertThat(now(follower)).startsWith("20000\n20001\n").endsWith("49999\n");
    }
  }

  @Test
  void waitsUntilSomethingIsAppended() throws Exception {
    append("");
    try (var follower = follow().open()) {
      var reader = Thread.currentThread();
      var writer = Thread.ofVirtual().start(() -> appendTo(reader, "hello\n"));
      assertThat(text(follower.next())).isEqualTo("hello\n");
      writer.join();
    }
  }

  private void appendTo(Thread reader, String text) {
    try {
      awaitWaiting(reader);
      append(text);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitWaiting(Thread thread) throws InterruptedException {
    while (!WAITING.contains(thread.getState())) {
      Thread.sleep(1);
    }
  }

  @Test
  void waitsForAFileThatIsNotThereYet() throws Exception {
    try (var follower = follow().open()) {
      assertThat(now(follower)).isEmpty();
      var reader = Thread.currentThread();
      var writer = Thread.ofVirtual().start(() -> appendTo(reader, "first\n"));
      assertThat(text(follower.next())).isEqualTo("first\n");
      writer.join();
    }
  }

  @Test
  void readsTheRotatedFileToItsEnd() throws Exception {
    append("a\n");
    try (var follower = follow().fromBeginning().open();
        var writer = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
      assertThat(now(follower)).isEqualTo("a\n");
      writer.write("b\n".getBytes(StandardCharsets.UTF_8));
      Files.move(log, directory.resolve("log.1"));
      writer.write("c\n".getBytes(StandardCharsets.UTF_8));
      assertThat(now(follower)).isEqualTo("b\nc\n");
      writer.write("d\ne".getBytes(StandardCharsets.UTF_8));
      append("f\n");
      assertThat(now(follower)).isEqualTo("d\nef\n");
    }
  }

  @Test
  void findsFilesThatWereRotatedAwayInBetween() throws Exception {
    append("1\n");
    Files.writeString(directory.resolve("log.old"), "not mine\n");
    try (var follower = follow().fromBeginning().open()) {
      assertThat(now(follower)).isEqualTo("1\n");
      append("2\n");
      rotate(4);
      append("3\n");
      rotate(3);
      append("4\n");
      Files.writeString(directory.resolve("log.9.gz"), "squeezed");
      rotate(2);
      append("5\n");
      assertThat(now(follower)).isEqualTo("2\n3\n4\n5\n");
    }
  }

  @Test
  void whatIsThereBesideTheLogNeverHadItsName() throws Exception {
    append("1\n");
    try (var follower = follow().fromBeginning().open()) {
      assertThat(now(follower)).isEqualTo("1\n");
      Files.copy(log, directory.resolve("log.bak"));
      Files.writeString(directory.resolve("log.err"), "other\n");
      append("2\n");
      assertThat(now(follower)).isEqualTo("2\n");
      rotate(1);
      append("3\n");
      assertThat(now(follower)).isEqualTo("3\n");
    }
  }

  @Test
  void aFileThatIsRenamedOnceMoreHidesNoneThatCameAfterIt() throws Exception {
    append("1\n");
    try (var follower = follow().fromBeginning().open()) {
      assertThat(now(follower)).isEqualTo("1\n");
      rotate(1);
      append("2\n");
      Thread.sleep(30); // longer than the steps of a file system's clock
      Files.move(directory.resolve("log.1"), directory.resolve("log.2"));
      rotate(1);
      append("3\n");
      assertThat(now(follower)).isEqualTo("2\n3\n");
    }
  }

  @Test
  void aCopyThatIsRotatedIsNoOther() throws Exception {
    append("1\n");
    try (var follower = follow().fromBeginning().open()) {
      assertThat(now(follower)).isEqualTo("1\n");
      Files.copy(log, directory.resolve("log.1"));
      Files.writeString(log, "");
      assertThat(now(follower)).isEmpty();
      append("2\n");
      assertThat(now(follower)).isEqualTo("2\n");
      rotate(2);
      append("3\n");
      assertThat(now(follower)).isEqualTo("3\n");
    }
  }

  @Test
  void refusesWhatIsNoFile() throws Exception {
    Files.createDirectory(log);
    assertThatThrownBy(() -> follow().open()).isInstanceOf(IsDirectory.class);
    log = Path.of("/proc/uptime");
    if (Files.exists(log)) {
      assertThatThrownBy(() -> follow().open())
          .isInstanceOf(Unsupported.class)
          .hasMessageContaining("does not say how long it is");
    }
  }

  private void rotate(int number) throws Exception {
    Files.move(log, directory.resolve("log." + number));
    awaitClock(directory.resolve("log." + number));
  }

  private void awaitClock(Path written) throws Exception {
    FileTime then = Files.getLastModifiedTime(written);
    Path probe = directory.resolve("probe");
    do { // until the file system's clock ticks
      Thread.sleep(1);
      Files.writeString(probe, "");
    } while (Files.getLastModifiedTime(probe).compareTo(then) <= 0);
    Files.delete(probe);
  }

  @Test
  void beginsAnewAfterATruncation() throws Exception {
    append("long line\nhalf");
    try (var follower = follow().fromBeginning().open()) {
      assertThat(now(follower)).isEqualTo("long line\n");
      Files.writeString(log, "x\n", StandardOpenOption.TRUNCATE_EXISTING);
      assertThat(now(follower)).isEqualTo("halfx\n");
    }
  }

  @Test
  void goesOnWithAReplacement() throws Exception {
    append("a\n");
    try (var follower = follow().fromBeginning().open()) {
      assertThat(now(follower)).isEqualTo("a\n");
      Path other = Files.writeString(directory.resolve("other"), "b\n");
      Files.move(other, log, StandardCopyOption.ATOMIC_MOVE);
      assertThat(now(follower)).isEqualTo("b\n");
      Files.delete(log);
      assertThat(now(follower)).isEmpty();
      append("c\n");
      assertThat(now(follower)).isEqualTo("c\n");
    }
  }

  @Test
  void recordLongerThanAChunkComesWhole() throws Exception {
    append("x".repeat(1000) + "\ny\n");
    try (var follower = follow().fromBeginning().withChunkSize(16).open()) {
      assertThat(now(follower)).isEqualTo("x".repeat(1000) + "\ny\n");
    }
  }

  @Test
  void recordBeyondTheLimitIsRefused() throws Exception {
    append("ab\n" + "x".repeat(1000) + "\n");
    try (var follower = follow().fromBeginning().withChunkSize(16).withMaxRecordSize(100).open()) {
      assertThat(text(follower.nextNow())).isEqualTo("ab\n");
      assertThatThrownBy(follower::nextNow)
          .isInstanceOf(TooLarge.class)
          .hasMessageContaining("next(offset=3)");
    }
  }

  @Test
  void closingEndsTheWait() throws Exception {
    var follower = follow().open();
    var reader = Thread.currentThread();
    var closer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    awaitWaiting(reader);
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  follower.close();
                });
    assertThat(follower.next()).isEmpty();
    closer.join();
    follower.close();
    assertThat(follower.nextNow()).isEmpty();
  }

  @Test
  void interruptEndsTheWaitOnly() throws Exception {
    try (var follower = follow().open()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(follower::next).isInstanceOf(InterruptedException.class);
      append("a\n");
      assertThat(text(follower.next())).isEqualTo("a\n");
    }
  }

  @Test
  void missingDirectoryIsAFailure() {
    log = directory.resolve("none").resolve("log");
    assertThatThrownBy(() -> follow().open())
        .isInstanceOf(NotFound.class)
        .hasMessage("[%s] follow: there is no directory %s. Check the path.", log, log.getParent());
  }
}
