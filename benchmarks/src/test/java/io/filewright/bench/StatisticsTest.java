package io.filewright.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void medianIsTheMiddleOfAnOddNumber() {
    assertEquals(new Statistics(3, 1, 9), Statistics.of(List.of(9.0, 1.0, 3.0)));
  }

  @Test
  void medianIsTheMeanOfTheTwoInTheMiddle() {
    assertEquals(new Statistics(2.5, 1, 9), Statistics.of(List.of(9.0, 1.0, 3.0, 2.0)));
  }

  @Test
  void refusesToJudgeNothing() {
    assertThrows(IllegalArgumentException.class, () -> Statistics.of(List.of()));
  }

  @Test
  void ratioPairsTheRoundsSoThatASlowMachineDoesNotCount() {
    // The second round was ten times slower for both.
    assertEquals(2, Statistics.ratio(List.of(2.0, 20.0, 2.2), List.of(1.0, 10.0, 1.1)), 1e-9);
  }
}
