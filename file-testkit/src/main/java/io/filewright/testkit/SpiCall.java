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
  /// `OpenedFile.write`.
  WRITE,
  /// `OpenedFile.writeAsync`.
  WRITE_ASYNC,
  /// `OpenedFile.allocate` and `allocateAsync`.
  RESERVE,
  /// `OpenedFile.resize`.
  RESIZE,
  /// `OpenedFile.sync`.
  SYNC,
  /// `OpenedFile.lock`.
  FILE_LOCK,
  /// `OpenedFile.lease`.
  LEASE,
  /// `OpenedFile.reflink`.
  REFLINK,
  /// `OpenedFile.fileSystem`.
  FILE_SYSTEM,
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
  /// `Mapping.force` and `forceAsync`.
  FORCE,
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
          WRITE,
          WRITE_ASYNC,
          RESERVE,
          RESIZE,
          SYNC,
          FILE_LOCK,
          LEASE,
          REFLINK,
          FILE_SYSTEM,
          MAP,
          FILE_CLOSE,
          POPULATE,
          POPULATE_ASYNC,
          ADVISE,
          RESIDENCY,
          FORCE,
          LOCK,
          MAPPING_CLOSE ->
          true;
    };
  }
}
