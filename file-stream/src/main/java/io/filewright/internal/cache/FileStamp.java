package io.filewright.internal.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// By what a changed file is known.
///
/// @param identity device and inode, where the system has them
/// @param modified as exact as the file system keeps it
/// @param byteSize its size
record FileStamp(@Nullable Object identity, FileTime modified, long byteSize) {

  /// The stamp of a file at this moment; of one that cannot be asked, nothing, which equals only
  /// itself.
  static Optional<FileStamp> of(Path path) {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(
          new FileStamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
