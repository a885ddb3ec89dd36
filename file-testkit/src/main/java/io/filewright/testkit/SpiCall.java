package io.filewright.testkit;

/// An operation of the engine's interface, as [FaultyEngine] counts and disturbs it.
public enum SpiCall {
  /// `Engine.open`. It is counted when it is called; it blocks on the engine's thread.
  OPEN,
  /// `Engine.openNow`.
  OPEN_NOW,
  /// `Engine.allocate`. Declares no failure.
  ALLOCATE,
  /// A task given to `Engine.blocking`. Declares no failure.
  BLOCKING,
  /// `OpenedFile.size`.
  SIZE,
  /// `OpenedFile.read`.
  READ,
  /// `OpenedFile.readAsync`. When blocked, its stage completes late.
  READ_ASYNC,
  /// `OpenedFile.map`.
  MAP,
  /// `OpenedFile.close`. The file is closed even if this fails.
  FILE_CLOSE,
  /// `Mapping.segment`. Declares no failure.
  SEGMENT,
  /// `Mapping.populate`.
  POPULATE,
  /// `Mapping.populateAsync`.
  POPULATE_ASYNC,
  /// A chunk that has been brought in. Counted and blocked, on the loading thread; never fails.
  CHUNK,
  /// `Mapping.advise`.
  ADVISE,
  /// `Mapping.residency`.
  RESIDENCY,
  /// `Mapping.lock`.
  LOCK,
  /// `Mapping.close`. The mapping is closed even if this fails.
  MAPPING_CLOSE;

  /// Whether it may fail with a [io.filewright.error.FileException].
  public boolean declaresFailure() {
    return switch (this) {
      case ALLOCATE, BLOCKING, SEGMENT, CHUNK -> false;
      case OPEN,
          OPEN_NOW,
          SIZE,
          READ,
          READ_ASYNC,
          MAP,
          FILE_CLOSE,
          POPULATE,
          POPULATE_ASYNC,
          ADVISE,
          RESIDENCY,
          LOCK,
          MAPPING_CLOSE ->
          true;
    };
  }
}
