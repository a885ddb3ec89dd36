package io.filewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.error.FileException;
import io.filewright.spi.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
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
  private List<Engine> engines;

  @BeforeAll
  void makeFiles(@TempDir Path folder) throws Exception {
    files = new CaseFiles(folder);
    engines = List.of(TestEngines.named("populate"), TestEngines.named("portable"));
  }

  @AfterAll
  void unmount() throws Exception {
    files.unmount();
    engines.forEach(Engine::close);
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "/io/filewright/spec/validation-cases.csv",
      useHeadersInDisplayName = true)
  void decides(String rules, String file, String outcome) {
    PathValidator validator = files.rules(rules);
    String value = files.value(file);

    assertDecides(() -> decision(validator, value), outcome);
    if (isForOpening(validator)) {
      for (Engine engine : engines) {
        var opening = new Opening(validator, engine);
        assertDecides(() -> opened(opening, value), outcome);
      }
    }
  }

  private static void assertDecides(Supplier<String> decision, String outcome) {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && fastest > MOST_MILLIS; i++) {
      long began = System.nanoTime();
      assertThat(decision.get()).isEqualTo(outcome);
      fastest = (System.nanoTime() - began) / 1_000_000;
    }
    assertThat(fastest).as("milliseconds").isLessThanOrEqualTo(MOST_MILLIS);
  }

  /// Whether opening has to come to the same: it is for one file that is there.
  private static boolean isForOpening(PathValidator rules) {
    return rules.target().kinds().equals(Set.of(FileKind.REGULAR_FILE))
        && rules.target().existence() == Target.Existence.REQUIRED
        && rules.notation().equals(Notation.NAMES_ONLY);
  }

  private static String opened(Opening opening, String value) {
    try {
      opening.open(Argument.at(1, value)).close();
      return "ok";
    } catch (ValidationFailed e) {
      return words(e.report().errors().getFirst().problems());
    } catch (FileException e) {
      return e.getMessage();
    }
  }

  private static String decision(PathValidator validator, String value) {
    boolean twice = validator.location().sameness() == Location.Sameness.REFUSED;
    var report = twice ? validator.validate(value, value) : validator.validate(value);
    return words(report.paths().getFirst().problems());
  }

  private static String words(List<Problem> problems) {
    return problems.isEmpty()
        ? "ok"
        : problems.stream().map(problem -> problem.rule().id()).collect(Collectors.joining("+"));
  }
}
