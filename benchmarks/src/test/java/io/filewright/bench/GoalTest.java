package io.filewright.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoalTest {

  @Test
  void timeMayBeLongerByAFactor() {
    Result result = result(110, 100);

    assertEquals(
        "time of 'ours' / 'peer' = 1.100, at most 1.20: reached",
        text(new Goal.TimeAtMost("ours", "peer", 1.2, 0), result));
    assertEquals(
        "time of 'ours' / 'peer' = 1.100, at most 1.05: MISSED",
        text(new Goal.TimeAtMost("ours", "peer", 1.05, 0), result));
  }

  @Test
  void orByATimeIfThatIsMore() {
    assertEquals(
        "time of 'ours' / 'peer' = 2.000, at most 1.10 or +0.30 ms (+0.20 ms): reached",
        text(new Goal.TimeAtMost("ours", "peer", 1.1, 300_000), result(400_000, 200_000)));
  }

  @Test
  void speedIsTheInverseOfTime() {
    assertEquals(
        "speed of 'ours' / 'peer' = 0.500, at least 0.97: MISSED",
        text(new Goal.SpeedAtLeast("ours", "peer", 0.97), result(200, 100)));
  }

  @Test
  void speedUpsAreCompared() {
    var one = new Goal.SpeedUpAtLeast("ours", "peer", "ours", "peer", 0.9);
    var inverse = new Goal.SpeedUpAtLeast("ours", "peer", "peer", "ours", 0.9);

    assertEquals(
        "speed-up of 'ours' 2.00 / of 'ours' 2.00 = 1.000, at least 0.90: reached",
        text(one, result(100, 200)));
    assertEquals(
        "speed-up of 'ours' 0.50 / of 'peer' 2.00 = 0.250, at least 0.90: MISSED",
        text(inverse, result(200, 100)));
  }

  @Test
  void aFigureMayNotLeaveItsBoundsEitherWay() {
    Result result = result(1, 1);

    assertTrue(new Goal.MetricWithin("ours", "left", 17).judge(result).orElseThrow().reached());
    assertEquals(
        "left of 'ours' = -17.000, within 16.000: MISSED",
        text(new Goal.MetricWithin("ours", "left", 16), result));
  }

  @Test
  void aFigureIsComparedWithALimitOrWithThatOfAnother() {
    Result result = result(1, 1);

    assertEquals(
        "right of 'ours' = 20.000, at most 15.000 or 2.00 times the 20.000 of 'peer': reached",
        text(new Goal.MetricAtMost("ours", "right", 15, "peer", 2), result));
    assertEquals(
        "right of 'ours' = 20.000, at most 15.000 or 0.50 times the 20.000 of 'peer': MISSED",
        text(new Goal.MetricAtMost("ours", "right", 15, "peer", 0.5), result));
    assertTrue(
        new Goal.MetricAtMost("ours", "right", 20, "peer", 0)
            .judge(result)
            .orElseThrow()
            .reached());
    assertEquals(
        Optional.empty(), new Goal.MetricAtMost("ours", "right", 20, "nobody", 0).judge(result));
  }

  @Test
  void saysNothingAboutThoseWhoDidNotRun() {
    assertEquals(Optional.empty(), new Goal.SpeedAtLeast("ours", "nobody", 1).judge(result(1, 1)));
  }

  private static String text(Goal goal, Result result) {
    return goal.judge(result).orElseThrow().toString();
  }

  private static Result result(long ours, long peer) {
    var rows = new ArrayList<Result.Row>();
    for (var entry : Map.of("ours", ours, "peer", peer).entrySet()) {
      var outcome = Outcome.of(entry.getValue(), 1, Map.of("left", -17.0, "right", 20.0));
      rows.add(
          new Result.Row(entry.getKey(), Optional.empty(), List.of(outcome, outcome), 0, 0, 0));
    }
    var entrants =
        List.of(
            Entrant.of("ours", Program.java(Sleeper.class)),
            Entrant.of("peer", Program.java(Sleeper.class)));
    var comparison =
        Comparison.of("t", CacheState.NONE, FileSet.EMPTY, Settings.defaults(), entrants);
    return new Result(comparison, Optional.empty(), rows, List.of());
  }
}
