package io.filewright.spi;

/// Whether an engine can run here.
public sealed interface Availability {

  /// It can.
  record Available() implements Availability {}

  /// It cannot.
  ///
  /// @param reason why, as a sentence without its stop
  record Unavailable(String reason) implements Availability {}
}
