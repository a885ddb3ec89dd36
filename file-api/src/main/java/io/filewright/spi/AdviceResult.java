package io.filewright.spi;

/// What became of a hint.
public sealed interface AdviceResult {

  /// The kernel accepted it, which promises no effect.
  record Applied() implements AdviceResult {}

  /// Engine, kernel or file system do not know it; nothing happened.
  ///
  /// @param reason why, as a clause without its stop
  record Unsupported(String reason) implements AdviceResult {}

  /// Whether the kernel accepted the hint.
  default boolean isApplied() {
    return this instanceof Applied;
  }
}
