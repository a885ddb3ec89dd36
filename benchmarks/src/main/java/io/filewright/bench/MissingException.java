package io.filewright.bench;

/// A contender cannot take part; the message says why.
public final class MissingException extends Exception {

  private static final long serialVersionUID = 1;

  public MissingException(String reason) {
    super(reason);
  }
}
