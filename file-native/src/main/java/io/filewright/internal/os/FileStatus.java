package io.filewright.internal.os;

/// What fstat(2) says about a file. Mutable, so that asking costs no object when it need not.
public final class FileStatus {

  /// Kinds of files that matter to a mapping.
  public enum Kind {
    /// Has bytes at offsets.
    REGULAR,
    /// Has entries.
    DIRECTORY,
    /// A FIFO, a socket or a device.
    OTHER
  }

  private Kind kind = Kind.OTHER;
  private long byteSize;
  private long allocatedBytes;
  private long device;
  private long inode;

  void set(Kind newKind, long newByteSize, long newAllocatedBytes, long newDevice, long newInode) {
    kind = newKind;
    byteSize = newByteSize;
    allocatedBytes = newAllocatedBytes;
    device = newDevice;
    inode = newInode;
  }

  public Kind kind() {
    return kind;
  }

  public long byteSize() {
    return byteSize;
  }

  /// How much of it takes space on the disk.
  public long allocatedBytes() {
    return allocatedBytes;
  }

  public long device() {
    return device;
  }

  public long inode() {
    return inode;
  }
}
