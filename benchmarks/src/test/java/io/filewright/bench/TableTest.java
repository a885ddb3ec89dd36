package io.filewright.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void alignsNamesLeftAndNumbersRight() {
    var table = new Table(List.of("name", "time", "GB/s"));
    table.add(List.of("ours", "9.0", "10.00"));
    table.add(List.of("a longer name", "100.0", "1.00"));

    assertEquals(
        List.of(
            "name            time   GB/s", //
            "ours             9.0  10.00",
            "a longer name  100.0   1.00"),
        table.render());
  }

  @Test
  void letsAShortLineRunOn() {
    var table = new Table(List.of("name", "time", "GB/s"));
    table.add(List.of("ours", "missing: there is no such thing here"));

    assertEquals(
        List.of("name  time  GB/s", "ours  missing: there is no such thing here"), table.render());
  }
}
