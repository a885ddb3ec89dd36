package io.filewright.bench;

import java.util.List;
import java.util.stream.IntStream;

/// Order statistics of a few samples.
///
/// @param median the middle one, or the mean of the two in the middle
/// @param min the smallest
/// @param max the largest
record Statistics(double median, double min, double max) {

  static Statistics of(List<Double> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no samples");
    }
    double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Statistics(median, sorted[0], sorted[sorted.length - 1]);
  }

  /// The median over the rounds of `numerator / denominator`: a machine that slows down for a while
  /// slows both of a round.
  static double ratio(List<Double> numerators, List<Double> denominators) {
    int rounds = Math.min(numerators.size(), denominators.size());
    return of(IntStream.range(0, rounds)
            .mapToObj(i -> numerators.get(i) / denominators.get(i))
            .toList())
        .median();
  }
}
