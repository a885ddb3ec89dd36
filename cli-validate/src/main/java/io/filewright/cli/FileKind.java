package io.filewright.cli;

/// What a file is.
public enum FileKind {
  /// Bytes on a disk.
  REGULAR_FILE("a regular file"),
  DIRECTORY("a directory"),
  SYMLINK("a symbolic link"),
  /// A FIFO, a socket or a device.
  SPECIAL("a FIFO, a socket or a device");

  private final String words;

  FileKind(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
