package io.filewright.error;

/// A region, handle or runtime was used after it had been closed: a mistake of the program, hence
/// unchecked. Memory is never touched in that case.
public final class AlreadyClosed extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /// @param what what is closed, as the message's subject: `Region [/data/a.bin]`
  public AlreadyClosed(String what) {
    super(what + " is already closed.");
  }
}
