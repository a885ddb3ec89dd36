package io.filewright.spi;

/// An advisory lock on a whole file: it binds those who ask for locks themselves.
public enum FileLocking {
  /// Others may lock it for sharing too.
  SHARED,
  /// Nobody else may lock it. The file was opened for writing.
  EXCLUSIVE
}
