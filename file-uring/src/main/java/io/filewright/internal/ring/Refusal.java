package io.filewright.internal.ring;

/// Why the kernel or Netty refuses something, in the words of whoever said it.
final class Refusal {

  private Refusal() {}

  /// The innermost cause, as a clause without its stop.
  static String reason(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }
}
