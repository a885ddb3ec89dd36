package io.filewright.internal.atomic;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Who may read and write a temporary: nobody else until the commit, then whoever could before.
/// Where files have no such permissions, nothing.
///
/// @param initial with what it was created
/// @param current what it has since nobody else may look into it
record Permissions(Set<PosixFilePermission> initial, Set<PosixFilePermission> current) {

  private static final boolean KNOWN =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final Set<PosixFilePermission> PRIVATE =
      Set.copyOf(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  /// With what a temporary is created. The system's default is known only by making a file with it,
  /// so a temporary of a new target begins with that; it is empty then, and its content will be as
  /// open in the end.
  static FileAttribute<?>[] creating(boolean targetExists) {
    return KNOWN && targetExists
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
        : new FileAttribute<?>[0];
  }

  /// Closes an empty temporary to others.
  ///
  /// @throws NoSuchFileException if it is gone already
  static Permissions closed(Path temporary) throws IOException {
    if (!KNOWN) {
      var _ = Files.readAttributes(temporary, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Permissions(Set.of(), Set.of());
    }
    Set<PosixFilePermission> initial = of(temporary);
    if (initial.equals(PRIVATE)) {
      return new Permissions(initial, initial);
    }
    try {
      var _ = Files.setPosixFilePermissions(temporary, PRIVATE);
    } catch (IOException _) {
      // A file system without permissions of its own, such as FAT: all its files are alike.
      return new Permissions(initial, initial);
    }
    return new Permissions(initial, PRIVATE);
  }

  /// Gives the temporary those of the file which it will replace, or its first ones if that is not
  /// there.
  void copy(Path target, Path temporary) throws IOException {
    if (!KNOWN) {
      return;
    }
    Set<PosixFilePermission> wanted = existing(target);
    if (!current.equals(wanted)) {
      var _ = Files.setPosixFilePermissions(temporary, wanted);
    }
  }

  private Set<PosixFilePermission> existing(Path target) throws IOException {
    try {
      return of(target);
    } catch (NoSuchFileException _) {
      return initial;
    }
  }

  private static Set<PosixFilePermission> of(Path path) throws IOException {
    return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
  }
}
