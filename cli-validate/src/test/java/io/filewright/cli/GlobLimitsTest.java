package io.filewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Patterns that would take a matcher years.
@Timeout(20)
class GlobLimitsTest {

  @TempDir Path folder;

  @Test
  void starsSideBySideAreOne() throws Exception {
    Path file = Files.createFile(folder.resolve("a".repeat(200) + "b"));

    assertThat(Glob.expand(folder + "/" + "*".repeat(130) + "c")).isInstanceOf(Glob.Refused.class);
    assertThat(Glob.expand(folder + "/a" + "*".repeat(50) + "b"))
        .isInstanceOfSatisfying(
            Glob.Matches.class, matches -> assertThat(matches.paths()).containsExactly(file));
  }

  @Test
  void tooManyStarsAreRefused() throws Exception {
    Files.createFile(folder.resolve("a".repeat(200)));

    assertThat(Glob.expand(folder + "/" + "*a".repeat(30) + "b"))
        .isInstanceOfSatisfying(
            Glob.Refused.class,
            refused ->
                assertThat(refused.problem().message())
                    .contains("a name of it has more than 4 stars"));
  }
}
