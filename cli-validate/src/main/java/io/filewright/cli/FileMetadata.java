package io.filewright.cli;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was known about a file at the moment when it was looked at, once.
///
/// @param kind what it is
/// @param byteSize its size, in bytes; 0 for files that do not tell it, such as those of `/proc`
/// @param modified when its content changed last
/// @param created when it was made; where the file system does not tell, as `modified`
/// @param identity which file it is, whatever its name: equal exactly for the same file. Empty
///   where the system has no such thing
public record FileMetadata(
    FileKind kind, long byteSize, FileTime modified, FileTime created, Optional<Object> identity) {

  static FileMetadata of(BasicFileAttributes attributes) {
    return new FileMetadata(
        kind(attributes),
        attributes.size(),
        attributes.lastModifiedTime(),
        attributes.creationTime(),
        identity(attributes.fileKey()));
  }

  private static Optional<Object> identity(@Nullable Object key) {
    return Optional.ofNullable(key);
  }

  private static FileKind kind(BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return FileKind.REGULAR_FILE;
    }
    if (attributes.isDirectory()) {
      return FileKind.DIRECTORY;
    }
    return attributes.isSymbolicLink() ? FileKind.SYMLINK : FileKind.SPECIAL;
  }
}
