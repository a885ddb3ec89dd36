package io.filewright.stream;

import io.filewright.error.DataException;
import io.filewright.error.FailureDetails;

/// A batch that the given function refused. The details name file and offset where there are any;
/// the cause is what the function threw.
public final class ProcessingFailed extends DataException {

  private static final long serialVersionUID = 1L;

  ProcessingFailed(FailureDetails details, Throwable cause) {
    super(details, cause);
  }
}
