package io.filewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// The table of the specification, row by row. Nothing in it may take long: above all a FIFO must
/// not be waited for.
@TestInstance(Lifecycle.PER_CLASS)
class ValidationCasesTest {

  /// 100 ms is promised; a busy machine may stop any process for longer than that once.
  private static final long MOST_MILLIS = 100;

  private static final int TRIES = 3;

  private CaseFiles files;

  @BeforeAll
  void makeFiles(@TempDir Path folder) throws Exception {
    files = new CaseFiles(folder);
  }

  @AfterAll
  void unmount() throws Exception {
    files.unmount();
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "/io/filewright/spec/validation-cases.csv",
      useHeadersInDisplayName = true)
  void decides(String rules, String file, String outcome) {
    PathValidator validator = files.rules(rules);
    String value = files.value(file);

    assertThat(decision(validator, value)).isEqualTo(outcome);
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && fastest > MOST_MILLIS; i++) {
      long began = System.nanoTime();
      decision(validator, value);
      fastest = (System.nanoTime() - began) / 1_000_000;
    }
    assertThat(fastest).as("milliseconds").isLessThanOrEqualTo(MOST_MILLIS);
  }

  private static String decision(PathValidator validator, String value) {
    boolean twice = validator.location().sameness() == Location.Sameness.REFUSED;
    var report = twice ? validator.validate(value, value) : validator.validate(value);
    List<Problem> problems = report.paths().getFirst().problems();
    return problems.isEmpty()
        ? "ok"
        : problems.stream().map(problem -> problem.rule().id()).collect(Collectors.joining("+"));
  }
}
