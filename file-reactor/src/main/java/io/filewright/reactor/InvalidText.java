package io.filewright.reactor;

import io.filewright.error.DataException;
import io.filewright.error.FailureDetails;

/// The bytes are no text in the charset that was named; [#byteOffset] is where the first malformed
/// or unmappable sequence begins. For UTF-8 it is [io.filewright.error.InvalidUtf8] instead.
public final class InvalidText extends DataException {

  private static final long serialVersionUID = 1L;

  InvalidText(FailureDetails details) {
    super(details, null);
  }
}
