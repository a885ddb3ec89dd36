package io.filewright.error;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names as people see them: harmless, and each different from all others.
class PrintableNamesTest {

  @ParameterizedTest
  @CsvSource({
    "a b\u00E9, a b\u00E9",
    "C:\\dir\\file, C:\\dir\\file",
    "a\u001Bb, a\\u001bb",
    "a\u001B\\b, a\\u001b\\\\b",
    "a\\u001b, a\\\\u001b",
    "a\uDB40\uDC01, a\\udb40\\udc01"
  })
  void showsNames(String name, String shown) {
    assertThat(FailureDetails.printable(name)).isEqualTo(shown);
  }

  @Property(tries = 20_000)
  void noTwoNamesLookTheSame(@ForAll("names") String one, @ForAll("names") String other) {
    String shown = FailureDetails.printable(one);
    assertThat(shown.equals(FailureDetails.printable(other))).isEqualTo(one.equals(other));
    assertThat(shown).doesNotContain("\u001B");
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("\\", "\u001B", "u001b", "u", "x")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }
}
