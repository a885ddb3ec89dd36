package io.filewright.internal.os;

import java.util.Locale;
import java.util.Map;

/// The names of the numbers by which statfs(2) tells file systems apart.
public final class FileSystemNumbers {

  private static final Map<Long, String> NAMES =
      Map.ofEntries(
          Map.entry(0xEF53L, "ext4"),
          Map.entry(0x58465342L, "xfs"),
          Map.entry(0x9123683EL, "btrfs"),
          Map.entry(0x2FC12FC1L, "zfs"),
          Map.entry(0xF2F52010L, "f2fs"),
          Map.entry(0xCA451A4EL, "bcachefs"),
          Map.entry(0x794C7630L, "overlay"),
          Map.entry(0x4D44L, "vfat"),
          Map.entry(0x2011BAB0L, "exfat"),
          Map.entry(0x7366746EL, "ntfs3"),
          Map.entry(0x9660L, "iso9660"),
          Map.entry(0x73717368L, "squashfs"),
          Map.entry(0xE0F5E1E2L, "erofs"),
          Map.entry(0x01021994L, "tmpfs"),
          Map.entry(0x858458F6L, "ramfs"),
          Map.entry(0x958458F6L, "hugetlbfs"),
          Map.entry(0x6969L, "nfs"),
          Map.entry(0xFF534D42L, "cifs"),
          Map.entry(0xFE534D42L, "smb2"),
          Map.entry(0x517BL, "smbfs"),
          Map.entry(0x00C36400L, "ceph"),
          Map.entry(0x01021997L, "9p"),
          Map.entry(0x5346414FL, "afs"),
          Map.entry(0x0BD00BD0L, "lustre"),
          Map.entry(0x47504653L, "gpfs"),
          Map.entry(0x6A656A63L, "virtiofs"),
          Map.entry(0x65735546L, "fuse"),
          Map.entry(0x9FA0L, "proc"),
          Map.entry(0x62656572L, "sysfs"),
          Map.entry(0x64626720L, "debugfs"),
          Map.entry(0x74726163L, "tracefs"),
          Map.entry(0x27E0EBL, "cgroup"),
          Map.entry(0x63677270L, "cgroup2"),
          Map.entry(0x73636673L, "securityfs"));

  private FileSystemNumbers() {}

  /// The name of a file system; its number in hexadecimal if it is not known.
  public static String name(long number) {
    String name = NAMES.get(number);
    return name == null ? "0x" + Long.toHexString(number).toUpperCase(Locale.ROOT) : name;
  }
}
