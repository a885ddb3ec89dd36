package io.filewright.error;

/// The system has no memory left for the request, though the budget had. Nothing was allocated.
public final class AllocationFailed extends DataException {

  private static final long serialVersionUID = 1L;

  private final long requestedBytes;

  public AllocationFailed(FailureDetails details, long requestedBytes, OutOfMemoryError cause) {
    super(details, cause);
    this.requestedBytes = requestedBytes;
  }

  /// How many bytes were asked for.
  public long requestedBytes() {
    return requestedBytes;
  }
}
