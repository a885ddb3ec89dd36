package io.filewright.memory;

/// The figures of a [MemoryBudget] at one moment; all sizes in bytes.
///
/// @param name what messages call it
/// @param usedBytes reserved, also by children
/// @param availableBytes that could be reserved, here and in the budgets above
/// @param limitBytes the budget's own bound
/// @param peakBytes the most that was ever used, or since the peak was reset
/// @param cachedBytes of those in use, what is only kept for later and would be let go of
/// @param reservations how many were made, by children too
/// @param releases how many of them were closed; equal to the former when nothing is held
public record BudgetStats(
    String name,
    long usedBytes,
    long availableBytes,
    long limitBytes,
    long peakBytes,
    long cachedBytes,
    long reservations,
    long releases) {

  /// How much of the peak is in use: 1 if nothing ever was.
  public double efficiency() {
    return peakBytes == 0 ? 1 : (double) usedBytes / peakBytes;
  }

  /// How much of what there is, is in use: 0 to 1.
  public double fill() {
    long most = usedBytes + availableBytes;
    return most == 0 ? 1 : (double) usedBytes / most;
  }
}
