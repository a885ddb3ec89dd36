package io.filewright.bench;

import java.util.Locale;
import java.util.Optional;

/// A figure that one contender, ours, is to reach.
public sealed interface Goal {

  /// Whether it was reached; empty if one of those it needs did not run.
  Optional<Verdict> judge(Result result);

  /// What came of it.
  ///
  /// @param text the figure, the limit and the names
  record Verdict(boolean reached, String text) {

    @Override
    public String toString() {
      return text + (reached ? ": reached" : ": MISSED");
    }
  }

  /// At most so many times as long as another, or at most so much longer.
  ///
  /// @param slackNanos granted if that is more, in nanoseconds an operation
  record TimeAtMost(String ours, String other, double limit, double slackNanos) implements Goal {

    @Override
    public Optional<Verdict> judge(Result result) {
      if (result.median(ours).isEmpty() || result.median(other).isEmpty()) {
        return Optional.empty();
      }
      double ratio = result.ratio(ours, other).getAsDouble();
      double excess = result.median(ours).getAsDouble() - result.median(other).getAsDouble();
      boolean reached = ratio <= limit || (slackNanos > 0 && excess <= slackNanos);
      String slack =
          slackNanos > 0
              ? String.format(
                  Locale.ROOT, " or %+.2f ms (%+.2f ms)", slackNanos / 1e6, excess / 1e6)
              : "";
      return Optional.of(
          new Verdict(
              reached,
              String.format(
                  Locale.ROOT,
                  "time of '%s' / '%s' = %.3f, at most %.2f%s",
                  ours,
                  other,
                  ratio,
                  limit,
                  slack)));
    }
  }

  /// At least so many times as fast as another.
  record SpeedAtLeast(String ours, String other, double limit) implements Goal {

    @Override
    public Optional<Verdict> judge(Result result) {
      var ratio = result.ratio(other, ours);
      if (ratio.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Verdict(
              ratio.getAsDouble() >= limit,
              String.format(
                  Locale.ROOT,
                  "speed of '%s' / '%s' = %.3f, at least %.2f",
                  ours,
                  other,
                  ratio.getAsDouble(),
                  limit)));
    }
  }

  /// At least such a part of the speed-up that another gains by the same means, such as a second
  /// thread.
  record SpeedUpAtLeast(String ours, String plain, String other, String otherPlain, double limit)
      implements Goal {

    @Override
    public Optional<Verdict> judge(Result result) {
      var mine = result.ratio(plain, ours);
      var theirs = result.ratio(otherPlain, other);
      if (mine.isEmpty() || theirs.isEmpty()) {
        return Optional.empty();
      }
      double share = mine.getAsDouble() / theirs.getAsDouble();
      return Optional.of(
          new Verdict(
              share >= limit,
              String.format(
                  Locale.ROOT,
                  "speed-up of '%s' %.2f / of '%s' %.2f = %.3f, at least %.2f",
                  ours,
                  mine.getAsDouble(),
                  other,
                  theirs.getAsDouble(),
                  share,
                  limit)));
    }
  }

  /// A figure of its own stays within `[-limit, limit]`.
  record MetricWithin(String ours, String metric, double limit) implements Goal {

    @Override
    public Optional<Verdict> judge(Result result) {
      var value = result.metric(ours, metric);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Verdict(
              Math.abs(value.getAsDouble()) <= limit,
              String.format(
                  Locale.ROOT,
                  "%s of '%s' = %.3f, within %.3f",
                  metric,
                  ours,
                  value.getAsDouble(),
                  limit)));
    }
  }

  /// A figure of its own is at most so large, or so many times as large as that of another if that
  /// is more.
  record MetricAtMost(String ours, String metric, double limit, String other, double factor)
      implements Goal {

    @Override
    public Optional<Verdict> judge(Result result) {
      var value = result.metric(ours, metric);
      var others = result.metric(other, metric);
      if (value.isEmpty() || others.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Verdict(
              value.getAsDouble() <= Math.max(limit, factor * others.getAsDouble()),
              String.format(
                  Locale.ROOT,
                  "%s of '%s' = %.3f, at most %.3f or %.2f times the %.3f of '%s'",
                  metric,
                  ours,
                  value.getAsDouble(),
                  limit,
                  factor,
                  others.getAsDouble(),
                  other)));
    }
  }

  /// The control must show the harm, or the comparison proves nothing.
  record ControlAtLeast(String control, String metric, double limit) implements Goal {

    @Override
    public Optional<Verdict> judge(Result result) {
      var value = result.metric(control, metric);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Verdict(
              value.getAsDouble() >= limit,
              String.format(
                  Locale.ROOT,
                  "%s of control '%s' = %.3f, at least %.3f",
                  metric,
                  control,
                  value.getAsDouble(),
                  limit)));
    }
  }
}
