package io.filewright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Runs each example as its reader would, in a JVM of its own, and compares all that it prints.
/// Each has a folder of its own, so that several may run at the same time.
@Execution(ExecutionMode.CONCURRENT)
final class ExamplesTest {

  @TempDir Path folder;

  @Test
  void asyncBasicReadsAFileBothWays() throws Exception {
    Path file = write("poem.txt", "one\ntwo\nthree\n");

    assertThat(Example.run("AsyncBasic", file))
        .isEqualTo(
            Example.printed(
                """
                opening poem.txt
                asynchronously: 14 bytes
                synchronously: 3 lines
                """));
  }

  @Test
  void sourceFilesStartAsTheyAre() throws Exception {
    Path file = write("poem.txt", "one\ntwo\nthree\n");

    assertThat(Example.runSource("AsyncBasic", file)).isEqualTo(Example.run("AsyncBasic", file));
  }

  @Test
  void manualControlWorksWhileTheFileLoads() throws Exception {
    Path file = write("poem.txt", "one\ntwo\nthree\n");

    assertThat(Example.run("ManualControl", file))
        .isEqualTo(
            Example.printed(
                """
                meanwhile: the 1000th prime is 7919
                the file has 14 bytes
                ready: poem.txt
                """));
  }

  @Test
  void manualControlTellsThatTheFileIsMissing() throws Exception {
    assertThat(Example.run("ManualControl", folder.resolve("missing")))
        .isEqualTo(
            Example.printed(
                """
                meanwhile: the 1000th prime is 7919
                there is nothing to read
                failed: NotFound
                """));
  }

  @Test
  void lazyLoadingLoadsOnlyWhatIsNeeded() throws Exception {
    Path wanted = write("wanted.txt", "here I am\nand more\n");

    assertThat(Example.run("LazyLoading", folder.resolve("missing"), wanted))
        .isEqualTo(
            Example.printed(
                """
                missing: Pending
                wanted.txt: Pending
                it begins with: here I am
                missing: Pending
                wanted.txt: Ready
                """));
  }

  @Test
  void cliIntegrationPrintsChecksumsInTheOrderOfTheArguments() throws Exception {
    Path digits = write("digits", "123456789");
    Path empty = write("empty", "");

    assertThat(Example.run("CliIntegration", digits, empty))
        .isEqualTo(
            Example.printed(
                """
                e3069283 9 digits
                00000000 0 empty
                """));
  }

  @Test
  void cliIntegrationReadsTheRestWhileFilesLoad() throws Exception {
    Path digits = write("digits", "123456789");

    assertThat(Example.run("CliIntegration", digits, Path.of("--sum=adler32")))
        .isEqualTo(Example.printed("091e01de 9 digits\n"));
    assertThat(Example.run("CliIntegration", Path.of("--sum=md5"), digits))
        .isEqualTo(new Example.Outcome(2, "", "--sum: one of adler32, crc32, crc32c\n"));
  }

  @Test
  void cliIntegrationReportsAllProblemsAtOnce() throws Exception {
    Path missing = folder.resolve("missing");

    assertThat(Example.run("CliIntegration", missing, folder))
        .isEqualTo(
            new Example.Outcome(
                2,
                "",
                """
                argument 1: "%s"
                  exists: there is no "missing" in "%s". Check the spelling and the working\
                 directory.
                argument 2: "%s"
                  kind: it is a directory, not a regular file. Name a file inside it.
                usage: CliIntegration [--sum=NAME] FILE...
                """
                    .formatted(missing, folder, folder)));
  }

  @Test
  void parallelLoadingCountsAllBytes() throws Exception {
    Path small = write("small", "12345");
    Path missing = folder.resolve("missing");
    Path large = write("large", "x".repeat(100_000));

    Example.Outcome outcome = Example.run("ParallelLoading", small, missing, large);

    // The files come in the order in which they end; the last line is always the total.
    String sorted = outcome.output().lines().sorted().collect(Collectors.joining("\n", "", "\n"));
    assertThat(new Example.Outcome(outcome.exitCode(), sorted, outcome.errors()))
        .isEqualTo(
            Example.printed(
                """
                large: 100000 bytes
                missing: NotFound
                small: 5 bytes
                total: 100005 bytes
                """));
    assertThat(outcome.output()).endsWith("total: 100005 bytes\n");
  }

  @Test
  void futureRecipesWork() throws Exception {
    Path poem = write("poem", "one\ntwo\nthree\n");
    Path list = write("list", "x\n".repeat(1000));

    assertThat(Example.run("FutureRecipes", poem, list, poem))
        .isEqualTo(
            Example.printed(
                """
                two at a time: 1006 lines
                in time: 3 lines
                cancelled: true
                the first that is there: 3 lines
                gave up: NotFound
                """));
  }

  @Test
  void virtualThreadRecipesWork() throws Exception {
    Path poem = write("poem", "one\ntwo\nthree\n");
    Path list = write("list", "x\n".repeat(1000));

    assertThat(Example.run("VirtualThreadRecipes", poem, list, poem))
        .isEqualTo(
            Example.printed(
                """
                two at a time: 1006 lines
                in time: 14 bytes
                interrupted: true
                the first that is there: 3 lines
                gave up: NotFound
                """));
  }

  @Test
  void advancedOptionsFollowTheUse() throws Exception {
    Path file = write("numbers", numbers(1 << 17));

    FileRuntime runtime = FileRuntime.shared();
    String hint =
        runtime.engineName().equals("portable")
            ? "not here, as the portable engine has no way to tell the kernel"
            : "applied";
    int pages = (1 << 20) / runtime.pageSize();

    assertThat(Example.run("AdvancedOptions", file))
        .isEqualTo(
            Example.printed(
                """
                read through: 131072 lines
                in memory: %d of %d pages of %d bytes
                picture: |%s|
                in the middle: 0065536
                sequential: %s
                cold: %s
                second half in memory: true
                TooLarge: it has at least 1048576 bytes, and the options allow 1000
                changed: %d bytes, in whole pages
                first difference at byte 0
                """
                    .formatted(
                        pages,
                        pages,
                        runtime.pageSize(),
                        "█".repeat(16),
                        hint,
                        hint,
                        runtime.pageSize())));
    assertThat(file).hasContent(numbers(1 << 17));
    assertThat(folder.resolve("numbers.changed"))
        .hasContent("9999999" + numbers(1 << 17).substring(7));
  }

  @Test
  void writesInPlaceAndAsAWhole() throws Exception {
    assertThat(Example.run("WritingFiles", folder))
        .isEqualTo(
            Example.printed(
                """
                counters: 8192 bytes, the last is 42
                before the commit: colour = blue
                after it: colour = green
                """));
    assertThat(folder.resolve("settings.txt")).hasContent("colour = green\n");
  }

  @Test
  void lazyCacheLoadsEachFileOnceUntilItChanges() throws Exception {
    Path one = write("one", "uno");
    Path two = write("two", "due");

    assertThat(Example.run("LazyCache", one, two))
        .isEqualTo(
            Example.printed(
                """
                one: uno
                two: due
                one: changed
                loads: 3, kept bytes: 10
                after close: 0
                """));
  }

  @Test
  void chunkedAggregationNeedsNoMoreMemoryForMoreLines() throws Exception {
    Path numbers = write("numbers", numbers(500_000));

    assertThat(Example.run("ChunkedAggregation", numbers))
        .isEqualTo(
            Example.printed(
                """
                500000 numbers, sum 124999750000
                mean 249999.5, greatest 499999
                held to the budget: true
                held now: 0
                """));
  }

  @Test
  void sharedBudgetHoldsForAllFiles() throws Exception {
    Path many = write("many", numbers(300_000));
    Path few = write("few", numbers(3));

    assertThat(Example.run("SharedBudget", many, few, many.resolveSibling("many")))
        .isEqualTo(
            Example.printed(
                """
                many: 300000 lines
                few: 3 lines
                held to the budget: true
                """));
  }

  @Test
  void followingALogGoesOnBehindARotation() throws Exception {
    Path log = write("app.log", "old\nlast\n");

    assertThat(Example.run("FollowingALog", log))
        .isEqualTo(
            Example.printed(
                """
                seen: last
                seen: to the old file
                seen: to the new file
                seen: end
                """));
  }

  /// Lines of eight bytes, `0000000`, `0000001`, ...
  private static String numbers(int count) {
    return IntStream.range(0, count).mapToObj("%07d\n"::formatted).collect(Collectors.joining());
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
