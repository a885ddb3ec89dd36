package io.filewright.spi;

/// What a file is opened for.
public enum OpenIntent {
  /// To be read; it exists.
  READ,
  /// To be read and written; it exists.
  UPDATE,
  /// To be read and written; created if there is none.
  CREATE,
  /// To be read and written; created, and refused if there is one.
  CREATE_NEW;

  /// Whether the descriptor can write.
  public boolean writes() {
    return this != READ;
  }

  /// Whether a file that is not there is created.
  public boolean creates() {
    return this == CREATE || this == CREATE_NEW;
  }
}
