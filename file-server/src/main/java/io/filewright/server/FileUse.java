package io.filewright.server;

import io.filewright.stream.Borrowed;
import io.netty.util.AbstractReferenceCounted;

/// Keeps a file open, and charged to the limit on open files, until the last who uses it is done:
/// each response is one, and so is the second in which the file need not be looked at.
/// Reference-counted. Safe for any threads.
final class FileUse extends AbstractReferenceCounted {

  private final Borrowed<ServedFile> borrowed;
  private final ServedFile file;

  /// @param borrowed given back with the last reference, the first of which is the caller's
  FileUse(Borrowed<ServedFile> borrowed) {
    this.borrowed = borrowed;
    this.file = borrowed.value();
  }

  /// The file, not to be used after the release.
  ServedFile file() {
    return file;
  }

  @Override
  public FileUse retain() {
    super.retain();
    return this;
  }

  @Override
  public FileUse touch(Object hint) {
    return this;
  }

  @Override
  protected void deallocate() {
    borrowed.close();
  }
}
