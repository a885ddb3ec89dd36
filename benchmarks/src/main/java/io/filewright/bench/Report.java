package io.filewright.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A result as lines for people and as a map for JSON.
final class Report {

  private Report() {}

  static List<String> lines(Result result) {
    var lines = new ArrayList<String>();
    Comparison comparison = result.comparison();
    lines.add("");
    lines.add("== %s · %s".formatted(comparison.title(), comparison.cache().label()));
    result.skipped().ifPresent(reason -> lines.add("   skipped: " + reason));
    if (result.skipped().isEmpty()) {
      lines.add(
          "   median of %d rounds after %d of warm-up; ratios to '%s'"
              .formatted(comparison.rounds(), comparison.warmUps(), comparison.baseline()));
      lines.addAll(table(result));
    }
    result.notes().forEach(note -> lines.add("   note: " + note));
    if (result.checksums().size() > 1) {
      lines.add("   WRONG RESULT: the checksums differ: " + result.checksums());
    }
    result.verdicts().forEach(verdict -> lines.add("   goal: " + verdict));
    return lines;
  }

  static Map<String, Object> toMap(Result result) {
    Comparison comparison = result.comparison();
    var map = new LinkedHashMap<String, Object>();
    map.put("title", comparison.title());
    map.put("cache", comparison.cache().label());
    map.put("rounds", comparison.rounds());
    map.put("warmUps", comparison.warmUps());
    map.put("baseline", comparison.baseline());
    result.skipped().ifPresent(reason -> map.put("skipped", reason));
    map.put("rows", result.rows().stream().map(row -> toMap(row, result)).toList());
    map.put("sound", result.isSound());
    map.put("notes", result.notes());
    map.put(
        "goals",
        result.verdicts().stream()
            .map(verdict -> Map.of("reached", verdict.reached(), "text", verdict.text()))
            .toList());
    return map;
  }

  private static List<String> table(Result result) {
    String baseline = result.comparison().baseline();
    String cache = result.comparison().cache().label();
    var metrics = new LinkedHashSet<String>();
    result.rows().forEach(row -> metrics.addAll(row.metrics().keySet()));
    var titles =
        new ArrayList<>(
            List.of(
                "contender",
                "cache",
                "time",
                "min",
                "max",
                "GB/s",
                "x ours",
                "cpu s",
                "RssAnon MiB",
                "peak MiB"));
    titles.addAll(metrics);
    var table = new Table(titles);
    for (Result.Row row : result.rows()) {
      if (row.outcomes().isEmpty()) {
        table.add(List.of(row.name(), row.trouble().map(Object::toString).orElse("no rounds")));
        continue;
      }
      var time = Statistics.of(row.nanosPerOperation());
      var ratio = result.ratio(row.name(), baseline);
      var cells = new ArrayList<String>();
      cells.add(row.name());
      cells.add(cache);
      cells.add(Units.time(time.median()));
      cells.add(Units.time(time.min()));
      cells.add(Units.time(time.max()));
      cells.add(row.outcomes().getFirst().bytes() == 0 ? "" : two(row.gigabytesPerSecond()));
      cells.add(ratio.isPresent() ? two(ratio.getAsDouble()) : "");
      cells.add(two(row.cpuSeconds() / row.outcomes().size()));
      cells.add(String.valueOf(row.rssAnonKib() >> 10));
      cells.add(String.valueOf(row.peakRssKib() >> 10));
      var values = row.metrics();
      metrics.forEach(name -> cells.add(values.containsKey(name) ? two(values.get(name)) : ""));
      table.add(cells);
      row.trouble().ifPresent(trouble -> table.add(List.of("", trouble.toString())));
    }
    return table.render().stream().map(line -> "   " + line).toList();
  }

  private static Map<String, Object> toMap(Result.Row row, Result result) {
    var map = new LinkedHashMap<String, Object>();
    map.put("contender", row.name());
    map.put("cache", result.comparison().cache().label());
    row.trouble()
        .ifPresent(trouble -> map.put(trouble.isError() ? "failed" : "missing", trouble.reason()));
    if (row.outcomes().isEmpty()) {
      return map;
    }
    var time = Statistics.of(row.nanosPerOperation());
    map.put("nanosPerOperation", time.median());
    map.put("minNanosPerOperation", time.min());
    map.put("maxNanosPerOperation", time.max());
    map.put("operationsPerRound", row.outcomes().getFirst().operations());
    map.put("bytesPerRound", row.outcomes().getFirst().bytes());
    if (row.outcomes().getFirst().bytes() > 0) {
      map.put("gigabytesPerSecond", row.gigabytesPerSecond());
    }
    result
        .ratio(row.name(), result.comparison().baseline())
        .ifPresent(ratio -> map.put("ratioToOurs", ratio));
    map.put("cpuSecondsPerRound", row.cpuSeconds() / row.outcomes().size());
    map.put("rssAnonKib", row.rssAnonKib());
    map.put("peakRssKib", row.peakRssKib());
    row.outcomes().getFirst().checksum().ifPresent(sum -> map.put("checksum", sum));
    map.put("metrics", row.metrics());
    map.put("samplesNanosPerOperation", row.nanosPerOperation());
    return map;
  }

  private static String two(double value) {
    return Math.abs(value) >= 1000
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
