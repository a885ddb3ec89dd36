package io.filewright.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangesTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-99, 0, 100",
    "bytes=50-, 50, 100",
    "bytes=-1, 99, 100",
    "bytes=-1000, 0, 100",
    "bytes=99-99999999999999, 99, 100",
    "bytes=5-99999999999999999999, 5, 100",
    "bytes=-99999999999999999999, 0, 100",
    "bytes=00000000000000000000007-8, 7, 9",
    "BYTES=3-4, 3, 5"
  })
  void readsOne(String header, long from, long to) {
    assertThat(ByteRanges.parse(header, 100)).isEqualTo(parts(from, to));
  }

  @Test
  void readsSeveralInTheirOrderAndLeavesOutWhatIsNotThere() {
    assertThat(ByteRanges.parse("bytes=90-, 0-9 ,200-300", 100))
        .isEqualTo(
            new ByteRanges.Parts(
                List.of(new ByteRanges.Part(90, 100), new ByteRanges.Part(0, 10))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-0,", "bytes=,0-0", "bytes= , ,0-0 ,,,,,,,,,,,,,,,,,"})
  void emptyElementsDoNotCount(String header) {
    assertThat(ByteRanges.parse(header, 100)).isEqualTo(parts(0, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=100-",
        "bytes=100-200",
        "bytes=-0",
        "bytes=100-,200-",
        "bytes=99999999999999999999-"
      })
  void saysThatNothingOfItIsThere(String header) {
    assertThat(ByteRanges.parse(header, 100)).isEqualTo(new ByteRanges.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lines=0-1",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-4",
        "bytes=0-1;2-3",
        "bytes=+1-2",
        "bytes=,",
        "bytes=99999999999999999999-5",
        "bytes=0-99,0-99",
        "bytes=0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0"
      })
  void ignoresWhatIsNoRangeOrCostsTooMuch(String header) {
    assertThat(ByteRanges.parse(header, 100)).isEqualTo(new ByteRanges.Whole());
  }

  @Test
  void nothingOfAnEmptyFileIsThere() {
    assertThat(ByteRanges.parse("bytes=0-0", 0)).isEqualTo(new ByteRanges.Unsatisfiable());
  }

  private static ByteRanges parts(long from, long to) {
    return new ByteRanges.Parts(List.of(new ByteRanges.Part(from, to)));
  }
}
