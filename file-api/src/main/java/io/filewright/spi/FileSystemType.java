package io.filewright.spi;

/// The file system that a file lies in.
///
/// @param name as the system calls it, such as `ext4`; its number in hexadecimal if it is not known
/// @param kind what is to be expected of it
public record FileSystemType(String name, Kind kind) {

  /// What is to be expected of a file system.
  public enum Kind {
    /// It is on a device of this machine.
    LOCAL,
    /// Its pages are memory, and no disk is behind them.
    MEMORY,
    /// Other machines change its files without this kernel's knowledge; a call may hang.
    NETWORK,
    /// A process of this machine serves it.
    USER_SPACE,
    /// The kernel makes up the content when it is read (`/proc`, `/sys`).
    PSEUDO,
    /// Nothing is known about it.
    UNKNOWN
  }

  /// What is known of a file system by its name.
  public static FileSystemType named(String name) {
    Kind kind =
        switch (name) {
          case "ext2",
              "ext3",
              "ext4",
              "xfs",
              "btrfs",
              "zfs",
              "f2fs",
              "bcachefs",
              "overlay",
              "vfat",
              "exfat",
              "ntfs3",
              "apfs",
              "hfs",
              "NTFS",
              "ReFS",
              "FAT32",
              "iso9660",
              "squashfs",
              "erofs" ->
              Kind.LOCAL;
          case "tmpfs", "ramfs", "hugetlbfs" -> Kind.MEMORY;
          case "nfs",
              "nfs4",
              "cifs",
              "smb2",
              "smb3",
              "smbfs",
              "ceph",
              "9p",
              "afs",
              "lustre",
              "gpfs",
              "virtiofs" ->
              Kind.NETWORK;
          case "proc",
              "sysfs",
              "debugfs",
              "tracefs",
              "cgroup",
              "cgroup2",
              "securityfs",
              "devtmpfs" ->
              Kind.PSEUDO;
          default -> name.startsWith("fuse") ? Kind.USER_SPACE : Kind.UNKNOWN;
        };
    return new FileSystemType(name, kind);
  }
}
