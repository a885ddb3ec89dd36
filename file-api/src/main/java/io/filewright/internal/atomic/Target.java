package io.filewright.internal.atomic;

import io.filewright.error.AlreadyExists;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.IsDirectory;
import io.filewright.error.NotFound;
import io.filewright.error.NotRegularFile;
import io.filewright.error.SymlinkLoop;
import io.filewright.error.Unsupported;
import io.filewright.internal.portable.PortableErrors;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is to be written: its directory and name, after links have been followed once and for all.
///
/// @param named as the caller named it, for messages
/// @param directory without links, or one that is held open
/// @param name in that directory
/// @param exists whether something was there when it was looked up
public record Target(Path named, Path directory, Path name, boolean exists) {

  static final String OPEN = "open";

  private static final int MAX_LINKS = 40;

  /// The file that a path means. A last component that is a link is followed, also if there is no
  /// file behind it yet.
  public static Target following(Path named) throws FileException {
    Path path = absolute(named);
    for (int links = 0; links <= MAX_LINKS; links++) {
      Optional<BasicFileAttributes> found = attributes(named, path);
      if (found.isEmpty()) {
        return in(named, path, false);
      }
      if (!found.get().isSymbolicLink()) {
        requireReplaceable(named, found.get());
        return in(named, path, true);
      }
      path = path.resolveSibling(link(named, path));
    }
    throw new SymlinkLoop(
        FailureDetails.of(
            named,
            OPEN,
            "the symbolic links lead in a circle",
            "Check where the links point (readlink)"));
  }

  /// A name that nothing has.
  public static Target absent(Path named) throws FileException {
    Path path = absolute(named);
    requireAbsent(named, path);
    return in(named, path, false);
  }

  /// A file of a directory that is held open, whose path therefore stays as it is. A link of its
  /// name is not followed.
  public static Target replaced(Path held, Path named) throws FileException {
    Path path = held.resolve(nameOf(named));
    Optional<BasicFileAttributes> found = attributes(named, path);
    if (found.isPresent()) {
      if (found.get().isSymbolicLink()) {
        throw new SymlinkLoop(
            FailureDetails.of(
                named,
                OPEN,
                "it is a symbolic link, and that is not followed here",
                "Name the file itself"));
      }
      requireReplaceable(named, found.get());
    }
    return named(named, held, path, found.isPresent());
  }

  /// A name that nothing has in a directory that is held open.
  public static Target absent(Path held, Path named) throws FileException {
    Path path = held.resolve(nameOf(named));
    requireAbsent(named, path);
    return named(named, held, path, false);
  }

  Path file() {
    return directory.resolve(name);
  }

  /// What a failure of the JDK means once the temporary is there.
  FileException failure(String operation, IOException error) {
    return switch (error) {
      case FileAlreadyExistsException e -> exists(named, operation, e);
      case NoSuchFileException e ->
          new NotFound(
              FailureDetails.of(
                  named,
                  operation,
                  "its temporary or its directory is gone",
                  "Check what else removes files there, and write it again"),
              e);
      default -> PortableErrors.typed(named, operation, error);
    };
  }

  private static AlreadyExists exists(Path named, String operation, @Nullable Throwable cause) {
    return new AlreadyExists(
        FailureDetails.of(
            named,
            operation,
            "there is already a file of this name",
            "Choose another name, or replace it (AtomicFile.replacing)"),
        cause);
  }

  private static Path absolute(Path named) throws FileException {
    if (!named.getFileSystem().equals(FileSystems.getDefault())) {
      throw new Unsupported(
          FailureDetails.of(
              named,
              OPEN,
              "only files of the system itself can be replaced as a whole",
              "Write it to a file first, and copy that into the archive"));
    }
    return named.toAbsolutePath();
  }

  private static Target in(Path named, Path path, boolean exists) throws FileException {
    Path parent = Objects.requireNonNull(path.getParent(), "only a directory has no parent");
    try {
      return named(named, parent.toRealPath(), path, exists);
    } catch (NoSuchFileException e) {
      throw new NotFound(
          FailureDetails.of(
              named, OPEN, "its directory does not exist", "Create the directory first"),
          e);
    } catch (IOException e) {
      throw PortableErrors.typed(named, OPEN, e);
    }
  }

  private static Target named(Path named, Path directory, Path path, boolean exists)
      throws FileException {
    if (TemporaryName.isTemporary(path)) {
      throw new Unsupported(
          FailureDetails.of(
              named,
              OPEN,
              "files of such names are temporaries and would be swept",
              "Choose a name that does not look like .<name>.<16 digits>.filewright"));
    }
    return new Target(named, directory, nameOf(path), exists);
  }

  private static Path nameOf(Path path) {
    return Objects.requireNonNull(path.getFileName(), "only a directory has no name");
  }

  private static void requireAbsent(Path named, Path path) throws FileException {
    Optional<BasicFileAttributes> found = attributes(named, path);
    if (found.isPresent()) {
      throw found.get().isDirectory() ? isDirectory(named) : exists(named, OPEN, null);
    }
  }

  private static void requireReplaceable(Path named, BasicFileAttributes attributes)
      throws FileException {
    if (attributes.isDirectory()) {
      throw isDirectory(named);
    }
    if (attributes.isOther()) {
      throw new NotRegularFile(
          FailureDetails.of(
              named,
              OPEN,
              "it is a FIFO, a socket or a device",
              "Only regular files can be replaced as a whole"));
    }
  }

  private static IsDirectory isDirectory(Path named) {
    return new IsDirectory(
        FailureDetails.of(named, OPEN, "it is a directory", "Name a file inside it"));
  }

  private static Optional<BasicFileAttributes> attributes(Path named, Path path)
      throws FileException {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw PortableErrors.typed(named, OPEN, e);
    }
  }

  private static Path link(Path named, Path path) throws FileException {
    try {
      return Files.readSymbolicLink(path);
    } catch (IOException e) {
      throw PortableErrors.typed(named, OPEN, e);
    }
  }
}
