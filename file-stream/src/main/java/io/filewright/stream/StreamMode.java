package io.filewright.stream;

/// How a source is taken through a [StreamingProcessor]. The results are the same.
public enum StreamMode {
  /// What is small goes directly, all else is streamed: see [StreamConfig].
  AUTO,
  /// All of it as one batch if it is known how much it is, on the caller's thread.
  DIRECT,
  /// Batch by batch, on as many threads as are allowed.
  STREAM
}
