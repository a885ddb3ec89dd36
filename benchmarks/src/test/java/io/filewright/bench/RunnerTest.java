package io.filewright.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The runner with real processes, of contenders that do next to nothing.
class RunnerTest {

  private static final Program SLEEPER = Program.java(Sleeper.class, "-Xshare:auto", "-Xint");

  @TempDir private Path folder;

  @Test
  void comparesProcesses() throws Exception {
    Result result =
        run(
            Entrant.of("ours", SLEEPER).with("millis", 1),
            Entrant.of("slow", SLEEPER).with("millis", 20));

    assertTrue(result.isSound(), () -> Report.lines(result).toString());
    assertTrue(result.ratio("slow", "ours").orElseThrow() > 2);
    assertEquals(2, result.rows().getFirst().outcomes().size());
    assertTrue(result.rows().getFirst().rssAnonKib() > 0);
    assertTrue(
        Report.lines(result).stream().anyMatch(line -> line.contains("slow")),
        () -> Report.lines(result).toString());
  }

  @Test
  void detectsAWrongResult() throws Exception {
    Result result =
        run(Entrant.of("ours", SLEEPER), Entrant.of("liar", SLEEPER).with("act", "lie"));

    assertFalse(result.isSound());
    assertTrue(
        Report.lines(result)
            .contains("   WRONG RESULT: the checksums differ: {1=[ours], 2=[liar]}"),
        () -> Report.lines(result).toString());
    assertEquals(false, Report.toMap(result).get("sound"));
  }

  @Test
  void namesWhoIsMissingAndWhoFails() throws Exception {
    Result result =
        run(
            Entrant.of("ours", SLEEPER),
            Entrant.of("absent", SLEEPER).with("act", "missing"),
            Entrant.of("broken", SLEEPER).with("act", "fail"),
            Entrant.of("uncompiled", Program.c("broken.c")));

    List<String> lines = Report.lines(result);
    assertTrue(contains(lines, "absent", "missing: there is none in this test"), lines::toString);
    assertTrue(
        contains(lines, "broken", "FAILED: java.lang.IllegalStateException"), lines::toString);
    assertTrue(contains(lines, "uncompiled", "missing: "), lines::toString);
    assertFalse(result.isSound(), "a failure is an error");
    assertTrue(Json.write(Report.toMap(result)).contains("\"missing\":\"there is none"));
  }

  @Test
  void saysWhyThereAreNoColdRounds() throws Exception {
    var entrants = List.of(Entrant.of("ours", SLEEPER));
    var comparison =
        Comparison.of("t", CacheState.COLD, FileSet.EMPTY, Settings.defaults(), entrants);
    var cache = new PageCache(folder);

    var reason = cache.noCold();
    if (reason.isPresent()) {
      Result result = Result.skipped(comparison, reason.get());
      assertTrue(contains(Report.lines(result), "skipped: cold skipped: "));
    }
  }

  @Test
  void removesItsFilesAndProcesses() throws Exception {
    Path inside;
    try (var workspace = Workspace.below(folder)) {
      inside = workspace.folder();
      workspace.provide(new FileSet(3, 1, 10_000), true);
      try (Stream<Path> files = Files.list(workspace.filesFolder())) {
        assertEquals(3, files.count());
      }
    }
    assertFalse(Files.exists(inside));
  }

  @Test
  void endsWhatItsProcessesStarted() throws Exception {
    ProcStatus grandchild;
    try (var workspace = Workspace.below(folder)) {
      Process shell = new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; wait").start();
      workspace.started(shell);
      grandchild = new ProcStatus(shell.inputReader().readLine());
      assertTrue(grandchild.rssAnonKib() > 0);
    }
    assertEquals(0, grandchild.rssAnonKib(), "what has ended has no memory, even if not reaped");
  }

  @Test
  void saysWhereItCannotWrite() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertEquals(
        "--dir: " + file + " is not a directory",
        assertThrows(IllegalArgumentException.class, () -> Workspace.below(file)).getMessage());
    Path inside = file.resolve("inside");
    assertEquals(
        "--dir: no folder can be made below " + inside,
        assertThrows(IllegalArgumentException.class, () -> Workspace.below(inside)).getMessage());
  }

  private Result run(Entrant... entrants) throws Exception {
    Settings settings = Settings.defaults();
    var comparison =
        Comparison.of("test", CacheState.NONE, FileSet.EMPTY, settings, Arrays.asList(entrants))
            .withRounds(1, 2, settings);
    try (var workspace = Workspace.below(folder)) {
      return new Runner(workspace, new Launcher(workspace.folder(), settings.cores()))
          .run(comparison);
    }
  }

  private static boolean contains(List<String> lines, String... parts) {
    return lines.stream().anyMatch(line -> Stream.of(parts).allMatch(line::contains));
  }
}
