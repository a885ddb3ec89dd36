package io.filewright.cli;

import java.util.Objects;

/// Why a value was refused.
///
/// @param rule the rule that it breaks
/// @param cause what is wrong, one clause without its stop
/// @param remedy what to do about it, one sentence without its stop
public record Problem(Rule rule, String cause, String remedy) {

  public Problem {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(remedy, "remedy");
  }

  /// `cause. What to do.`, on one line, without control characters.
  public String message() {
    return cause + ". " + remedy + (remedy.endsWith("?") ? "" : ".");
  }
}
