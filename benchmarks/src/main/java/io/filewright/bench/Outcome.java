package io.filewright.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What one round of one contender came to.
///
/// @param nanos measured time, in nanoseconds
/// @param operations what `nanos` is divided by to get the time of one operation
/// @param bytes how many bytes were gone through; 0 if that says nothing
/// @param checksum of what was read, to be the same for all contenders; empty if it cannot be had
/// @param metrics further figures, by the name that is the column's title
public record Outcome(
    long nanos,
    long operations,
    long bytes,
    Optional<String> checksum,
    Map<String, Double> metrics) {

  public Outcome {
    metrics = Map.copyOf(metrics);
  }

  /// Without further figures.
  public static Outcome of(long nanos, long operations, long bytes, long checksum) {
    return new Outcome(nanos, operations, bytes, Optional.of(Long.toHexString(checksum)), Map.of());
  }

  /// With figures of its own, and nothing to compare.
  public static Outcome of(long nanos, long operations, Map<String, Double> metrics) {
    return new Outcome(nanos, operations, 0, Optional.empty(), metrics);
  }

  /// The same with further figures.
  public Outcome withMetrics(Map<String, Double> newMetrics) {
    return new Outcome(nanos, operations, bytes, checksum, newMetrics);
  }

  double nanosPerOperation() {
    return (double) nanos / operations;
  }

  String toJson() {
    var map = new LinkedHashMap<String, Object>();
    map.put("nanos", nanos);
    map.put("operations", operations);
    map.put("bytes", bytes);
    checksum.ifPresent(value -> map.put("checksum", value));
    map.put("metrics", metrics);
    return Json.write(map);
  }

  static Outcome fromJson(Map<String, Object> map) {
    var metrics = new LinkedHashMap<String, Double>();
    if (map.get("metrics") instanceof Map<?, ?> found) {
      found.forEach((name, value) -> metrics.put(name.toString(), ((Number) value).doubleValue()));
    }
    return new Outcome(
        number(map, "nanos"),
        Math.max(1, number(map, "operations")),
        number(map, "bytes"),
        Optional.ofNullable(map.get("checksum")).map(Object::toString),
        metrics);
  }

  private static long number(Map<String, Object> map, String key) {
    if (map.get(key) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("no " + key + " in " + map);
  }
}
