package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1075, 1.0 KiB",
    "1126, 1.0 KiB",
    "1127, 1.1 KiB",
    "1048575, 1023.9 KiB",
    "1048576, 1.0 MiB",
    "1610612736, 1.5 GiB",
    "9223372036854775807, 7.9 EiB"
  })
  void readsAsPeopleExpect(long bytes, String text) {
    assertThat(new HumanSize(bytes)).hasToString(text);
  }
}
