package io.filewright.stream;

/// How a file's bytes get into memory.
public enum StreamEngine {
  /// READ, which was measured to be the fastest, or within some percent of it, for cold and for hot
  /// files; it looks by itself whether the kernel has to be asked ahead.
  AUTO,
  /// Positional reads into pooled buffers, by the thread that asks for a chunk. Cannot fault.
  READ,
  /// Windows of a mapping, brought in ahead and let go behind; no copy.
  MAPPED,
  /// Reads on an io_uring, several at a time, ahead of their use. Cannot fault.
  IO_URING,
  /// Direct I/O, past the page cache, several reads at a time. Cannot fault.
  DIRECT
}
