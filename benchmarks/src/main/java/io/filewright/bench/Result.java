package io.filewright.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What came of a comparison.
///
/// @param comparison what was compared
/// @param skipped why it did not run at all; empty if it did
/// @param rows one for each entrant, in its order
/// @param notes what the reader should know
public record Result(
    Comparison comparison, Optional<String> skipped, List<Row> rows, List<String> notes) {

  public Result {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  static Result skipped(Comparison comparison, String reason) {
    return new Result(comparison, Optional.of(reason), List.of(), List.of());
  }

  /// One contender's rounds.
  ///
  /// @param name the entrant's
  /// @param trouble why there are none, or not all
  /// @param outcomes the rounds that count
  /// @param cpuSeconds of the process in those rounds, user and system, all together
  /// @param rssAnonKib its anonymous memory after the last round
  /// @param peakRssKib the most it ever had resident, files included
  record Row(
      String name,
      Optional<Trouble> trouble,
      List<Outcome> outcomes,
      double cpuSeconds,
      long rssAnonKib,
      long peakRssKib) {

    Row {
      outcomes = List.copyOf(outcomes);
    }

    static Row without(String name, Trouble trouble) {
      return new Row(name, Optional.of(trouble), List.of(), 0, 0, 0);
    }

    List<Double> nanosPerOperation() {
      return outcomes.stream().map(Outcome::nanosPerOperation).toList();
    }

    double gigabytesPerSecond() {
      Outcome first = outcomes.getFirst();
      double nanos = Statistics.of(nanosPerOperation()).median();
      return (double) first.bytes() / first.operations() / nanos;
    }

    Map<String, Double> metrics() {
      var medians = new LinkedHashMap<String, Double>();
      var names = new LinkedHashSet<String>();
      outcomes.forEach(outcome -> names.addAll(outcome.metrics().keySet()));
      for (String name : names.stream().sorted().toList()) {
        var samples = outcomes.stream().map(o -> o.metrics().getOrDefault(name, 0.0)).toList();
        medians.put(name, Statistics.of(samples).median());
      }
      return medians;
    }
  }

  /// Why a row has no figures.
  ///
  /// @param isError whether that is a defect; false if something is not there
  record Trouble(boolean isError, String reason) {

    static Trouble missing(String reason) {
      return new Trouble(false, reason);
    }

    static Trouble failed(String reason) {
      return new Trouble(true, reason);
    }

    @Override
    public String toString() {
      return (isError ? "FAILED: " : "missing: ") + reason;
    }
  }

  /// The checksums that were seen, and by whom; more than one means that somebody is wrong.
  Map<String, List<String>> checksums() {
    var seen = new LinkedHashMap<String, List<String>>();
    for (Row row : rows) {
      row.outcomes().stream()
          .flatMap(outcome -> outcome.checksum().stream())
          .distinct()
          .forEach(sum -> seen.computeIfAbsent(sum, _ -> new ArrayList<>()).add(row.name()));
    }
    return seen;
  }

  /// Whether all agree, and nobody failed.
  boolean isSound() {
    return checksums().size() <= 1
        && rows.stream().noneMatch(row -> row.trouble().filter(Trouble::isError).isPresent());
  }

  List<Goal.Verdict> verdicts() {
    return comparison.goals().stream().flatMap(goal -> goal.judge(this).stream()).toList();
  }

  /// Median time of one operation, in nanoseconds.
  OptionalDouble median(String name) {
    return row(name)
        .map(row -> OptionalDouble.of(Statistics.of(row.nanosPerOperation()).median()))
        .orElse(OptionalDouble.empty());
  }

  /// How many times as long one takes as another.
  public OptionalDouble ratio(String name, String other) {
    Optional<Row> mine = row(name);
    Optional<Row> theirs = row(other);
    return mine.isPresent() && theirs.isPresent()
        ? OptionalDouble.of(
            Statistics.ratio(mine.get().nanosPerOperation(), theirs.get().nanosPerOperation()))
        : OptionalDouble.empty();
  }

  /// Median of a figure of a contender's own.
  OptionalDouble metric(String name, String metric) {
    return row(name)
        .map(row -> row.metrics().get(metric))
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  private Optional<Row> row(String name) {
    return rows.stream()
        .filter(row -> row.name().equals(name) && !row.outcomes().isEmpty())
        .findFirst();
  }
}
