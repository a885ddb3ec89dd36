package io.filewright.spi;

/// What may be done with mapped memory, and who sees it.
public enum MapProtection {
  /// It is read.
  READ_ONLY,
  /// Stores go to the file, and everybody who maps or reads it sees them. The file was opened for
  /// writing.
  READ_WRITE,
  /// Stores go to pages of the process' own. Opening the file for reading is enough.
  COPY_ON_WRITE
}
