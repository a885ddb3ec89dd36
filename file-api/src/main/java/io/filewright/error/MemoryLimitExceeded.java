package io.filewright.error;

import java.util.Map;

/// A memory budget has not enough left for the request. Nothing was allocated.
public final class MemoryLimitExceeded extends DataException {

  private static final long serialVersionUID = 1L;

  private final long requestedBytes;
  private final long usedBytes;
  private final long limitBytes;
  private final transient Map<String, Long> holders;

  public MemoryLimitExceeded(
      FailureDetails details,
      long requestedBytes,
      long usedBytes,
      long limitBytes,
      Map<String, Long> holders) {
    super(details, null);
    this.requestedBytes = requestedBytes;
    this.usedBytes = usedBytes;
    this.limitBytes = limitBytes;
    this.holders = Map.copyOf(holders);
  }

  /// The same of somebody who knows what the memory was for.
  public MemoryLimitExceeded with(FailureDetails details) {
    return new MemoryLimitExceeded(details, requestedBytes, usedBytes, limitBytes, holders);
  }

  /// How many bytes were asked for.
  public long requestedBytes() {
    return requestedBytes;
  }

  /// How many bytes of the budget were in use at that moment.
  public long usedBytes() {
    return usedBytes;
  }

  /// The budget's limit, in bytes.
  public long limitBytes() {
    return limitBytes;
  }

  /// Who holds how many bytes: the budgets within this one, by their names. What is missing to
  /// [#usedBytes] was reserved from the budget itself.
  public Map<String, Long> holders() {
    return holders;
  }
}
