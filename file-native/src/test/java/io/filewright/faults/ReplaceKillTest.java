package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AtomicFile;
import io.filewright.faults.Versioned.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A writer is killed before each of its system calls, and at random moments: its file is whole, it
/// is the last one that was acknowledged or a newer one, and the next writer tidies up.
@Tag("faults")
class ReplaceKillTest {

  /// Enough for two writes.
  private static final int BYTES = 300_000;

  /// What the exit code of a process is that SIGKILL ended.
  private static final int KILLED = 128 + 9;

  private static final int RANDOM_POINTS = 310;
  private static final int MAX_DELAY_MILLIS = 80;
  private static final int WORKERS = Runtime.getRuntime().availableProcessors();

  /// The calls of one replace, and how often each is made in two of them.
  private static final Map<String, Integer> REPLACE =
      Map.ofEntries(
          Map.entry("statx", 10),
          Map.entry("readlink", 6),
          Map.entry("openat", 6),
          Map.entry("dup", 2),
          Map.entry("newfstatat", 2),
          Map.entry("fcntl", 8),
          Map.entry("getdents64", 4),
          Map.entry("fstat", 2),
          Map.entry("pwrite64", 4),
          Map.entry("chmod", 2),
          Map.entry("fsync", 4),
          Map.entry("rename", 2),
          Map.entry("close", 8));

  private static final Map<String, Integer> CREATE =
      Map.ofEntries(
          Map.entry("statx", 10),
          Map.entry("readlink", 6),
          Map.entry("openat", 6),
          Map.entry("dup", 2),
          Map.entry("newfstatat", 2),
          Map.entry("fcntl", 8),
          Map.entry("getdents64", 4),
          Map.entry("fstat", 2),
          Map.entry("pwrite64", 4),
          Map.entry("chmod", 4),
          Map.entry("fsync", 4),
          Map.entry("link", 2),
          Map.entry("unlink", 2),
          Map.entry("close", 8));

  /// Those of a commit of a private version, which opens and maps the file first.
  private static final Map<String, Integer> COMMIT =
      Map.ofEntries(
          Map.entry("statx", 10),
          Map.entry("readlink", 6),
          Map.entry("openat", 8),
          Map.entry("dup", 2),
          Map.entry("newfstatat", 2),
          Map.entry("fcntl", 8),
          Map.entry("getdents64", 4),
          Map.entry("fstat", 12),
          Map.entry("mmap", 2),
          Map.entry("pwrite64", 4),
          Map.entry("chmod", 2),
          Map.entry("fsync", 4),
          Map.entry("rename", 2),
          Map.entry("munmap", 2),
          Map.entry("close", 10));

  @TempDir Path root;
  private final AtomicInteger folders = new AtomicInteger();

  /// A moment to be killed at.
  ///
  /// @param call before which system call; empty for a time
  /// @param count the how-manieth of these calls, or the time in milliseconds
  private record Moment(String operation, String call, int count) {}

  @Test
  void isWholeWheneverItsWriterIsKilled() throws Exception {
    var moments = new ArrayList<Moment>();
    REPLACE.forEach((call, count) -> add(moments, "loop-replace", call, count));
    CREATE.forEach((call, count) -> add(moments, "loop-create", call, count));
    COMMIT.forEach((call, count) -> add(moments, "loop-commit", call, count));
    var random = new Random(1);
    // A commit needs an engine, whose start takes ten times as long as the rest of the child.
    var operations =
        List.of("loop-create", "loop-replace", "loop-create", "loop-replace", "loop-commit");
    for (int i = 0; i < RANDOM_POINTS; i++) {
      var operation = operations.get(i % operations.size());
      moments.add(new Moment(operation, "", random.nextInt(MAX_DELAY_MILLIS)));
    }

    Map<Finding, Integer> tally = tally(moments);

    System.out.println("killed writers: " + tally);
    assertThat(tally).isEqualTo(Map.of(Finding.GOOD, moments.size()));
    assertThat(moments).hasSizeGreaterThanOrEqualTo(500);
  }

  /// The control: the same test finds what is wrong with writing in place.
  @Test
  void findsTornFilesOfAWriterInPlace() throws Exception {
    var moments = new ArrayList<Moment>();
    add(moments, "loop-in-place", "write", 8);

    Map<Finding, Integer> tally = tally(moments);

    System.out.println("killed writers in place: " + tally);
    assertThat(tally.getOrDefault(Finding.TORN, 0)).isPositive();
  }

  private static void add(List<Moment> moments, String operation, String call, int count) {
    for (int k = 1; k <= count; k++) {
      moments.add(new Moment(operation, call, k));
    }
  }

  private Map<Finding, Integer> tally(List<Moment> moments) throws Exception {
    Needs.tool("killed writers", "strace");
    var tally = new EnumMap<Finding, Integer>(Finding.class);
    try (var workers = Executors.newFixedThreadPool(WORKERS)) {
      var findings = new ArrayList<Future<Finding>>();
      for (Moment moment : moments) {
        Callable<Finding> task = () -> killAt(moment);
        findings.add(workers.submit(task));
      }
      for (Future<Finding> finding : findings) {
        tally.merge(finding.get(), 1, Integer::sum);
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
    return tally;
  }

  private Finding killAt(Moment moment) throws Exception {
    Path place = Files.createDirectory(root.toRealPath().resolve("k" + folders.incrementAndGet()));
    Path folder = Files.createDirectory(place.resolve("folder"));
    Path target = Files.write(folder.resolve("replaced"), Versioned.content(1, BYTES));
    long acknowledged;
    try (var child = ReplaceChild.start(folder, BYTES, moment.operation())) {
      acknowledged =
          moment.call().isEmpty() ? killAfter(moment, child) : killBefore(moment, child, place);
    }
    if (moment.operation().equals("loop-create")) {
      return createdFinding(folder, acknowledged);
    }
    Finding finding = Versioned.look(target, acknowledged);
    assertThat(temporaries(folder)).as("%s", moment).isLessThanOrEqualTo(1);
    AtomicFile.write(target, new byte[0]);
    assertThat(temporaries(folder)).as("left after %s", moment).isZero();
    return finding;
  }

  private static long killAfter(Moment moment, ReplaceChild child) throws Exception {
    child.command(moment.operation(), 2);
    Thread.sleep(moment.count());
    child.kill();
    return child.lastAcknowledged(moment.toString(), 1);
  }

  private static long killBefore(Moment moment, ReplaceChild child, Path place) throws Exception {
    String fault = "signal=SIGKILL:when=" + moment.count();
    Path record = place.resolve("strace.txt");
    var strace =
        AttachedStrace.attach(moment.toString(), child.pid(), moment.call(), fault, record);
    long acknowledged;
    try (strace) {
      child.command(moment.operation(), 2);
      acknowledged = child.lastAcknowledged(moment.toString(), 1);
    }
    assertThat(child.exitCode()).as("%s", moment).isEqualTo(KILLED);
    return acknowledged;
  }

  /// Every file that was acknowledged is there, and every file that is there is whole.
  private static Finding createdFinding(Path folder, long acknowledged) throws IOException {
    for (long v = 2; v <= acknowledged + 1; v++) {
      Path created = folder.resolve("created" + v);
      Finding finding = Versioned.look(created, v <= acknowledged ? v : 0);
      if (finding != Finding.GOOD) {
        return finding;
      }
      if (Files.exists(created)) {
        AtomicFile.write(created, new byte[0]);
      }
    }
    int left = temporaries(folder);
    assertThat(AtomicFile.sweep(folder)).isEqualTo(left).isLessThanOrEqualTo(1);
    return Finding.GOOD;
  }

  private static int temporaries(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return (int) files.filter(file -> file.toString().endsWith(".filewright")).count();
    }
  }
}
