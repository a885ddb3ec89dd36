package io.filewright.internal.atomic;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Who may read and write: nobody else until the commit, then whoever could before. Where files
/// have no such permissions, nothing.
final class Permissions {

  private static final boolean KNOWN =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final Set<PosixFilePermission> PRIVATE =
      Set.copyOf(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  private Permissions() {}

  /// With what a temporary is created. The system's default is known only by making a file with it,
  /// so a temporary of a new target begins with that; it is empty then, and its content will be as
  /// open in the end.
  static FileAttribute<?>[] creating(boolean targetExists) {
    return KNOWN && targetExists
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
        : new FileAttribute<?>[0];
  }

  /// Closes an empty temporary to others, and returns what it had.
  static Set<PosixFilePermission> makePrivate(Path temporary) throws IOException {
    if (!KNOWN) {
      return Set.of();
    }
    Set<PosixFilePermission> before = of(temporary);
    try {
      change(temporary, before, PRIVATE);
    } catch (IOException _) {
      // A file system without permissions of its own, such as FAT: all its files are alike.
    }
    return before;
  }

  /// Gives a temporary those of the file which it will replace.
  ///
  /// @param otherwise if that file is not there
  static void copy(Path target, Path temporary, Set<PosixFilePermission> otherwise)
      throws IOException {
    if (KNOWN) {
      change(temporary, of(temporary), existing(target, otherwise));
    }
  }

  private static Set<PosixFilePermission> existing(Path target, Set<PosixFilePermission> otherwise)
      throws IOException {
    try {
      return of(target);
    } catch (NoSuchFileException _) {
      return otherwise;
    }
  }

  private static void change(
      Path path, Set<PosixFilePermission> now, Set<PosixFilePermission> wanted) throws IOException {
    if (!now.equals(wanted)) {
      var _ = Files.setPosixFilePermissions(path, wanted);
    }
  }

  private static Set<PosixFilePermission> of(Path path) throws IOException {
    return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
  }
}
