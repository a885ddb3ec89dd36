package io.filewright.error;

/// A memory budget has not enough left for the request. Nothing was allocated.
public final class MemoryLimitExceeded extends DataException {

  private static final long serialVersionUID = 1L;

  private final long requestedBytes;
  private final long usedBytes;
  private final long limitBytes;

  public MemoryLimitExceeded(
      FailureDetails details, long requestedBytes, long usedBytes, long limitBytes) {
    super(details, null);
    this.requestedBytes = requestedBytes;
    this.usedBytes = usedBytes;
    this.limitBytes = limitBytes;
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
}
