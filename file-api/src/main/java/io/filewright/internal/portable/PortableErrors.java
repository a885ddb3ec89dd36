package io.filewright.internal.portable;

import io.filewright.error.AlreadyExists;
import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.error.IsDirectory;
import io.filewright.error.MapFailed;
import io.filewright.error.NoSpace;
import io.filewright.error.NotFound;
import io.filewright.error.PermissionDenied;
import io.filewright.error.SymlinkLoop;
import io.filewright.error.TooLarge;
import io.filewright.error.TooManyOpenFiles;
import io.filewright.error.Truncated;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/// The JDK's exceptions as ours. Where the JDK keeps the reason only in the text of strerror(3),
/// the text decides.
public final class PortableErrors {

  private PortableErrors() {}

  /// The typed exception for a failure of the JDK.
  public static FileException typed(Path path, String operation, IOException error) {
    return switch (error) {
      case FileException typed -> typed;
      case NoSuchFileException e -> notFound(path, operation, "there is no such file", e);
      case NotDirectoryException e -> notFound(path, operation, "it is not a directory", e);
      case FileAlreadyExistsException e ->
          new AlreadyExists(
              FailureDetails.of(
                  path,
                  operation,
                  "there is a file of this name already",
                  "Remove it, choose another name, or open what is there"),
              e);
      case AccessDeniedException e -> denied(path, operation, e);
      case FileSystemLoopException e -> loop(path, operation, e);
      case FileSystemException e -> byText(path, operation, String.valueOf(e.getReason()), e);
      default -> byText(path, operation, String.valueOf(error.getMessage()), error);
    };
  }

  private static FileException byText(Path path, String operation, String text, IOException cause) {
    if (text.contains("Not a directory")
        || text.contains("No such file")
        || text.contains("File name too long")) {
      return notFound(path, operation, "no such file can be: " + text, cause);
    }
    if (text.contains("Permission denied")) {
      return denied(path, operation, cause);
    }
    if (text.contains("not permitted") || text.contains("Read-only file system")) {
      return new PermissionDenied(
          FailureDetails.of(
              path, operation, text, "Check how the file system is mounted and whose the file is"),
          cause);
    }
    if (text.contains("symbolic links")) {
      return loop(path, operation, cause);
    }
    if (text.contains("Is a directory")) {
      return new IsDirectory(
          FailureDetails.of(path, operation, "it is a directory", "Name a file inside it"), cause);
    }
    if (text.contains("Too many open files")) {
      return new TooManyOpenFiles(
          FailureDetails.of(
              path,
              operation,
              "no file descriptor is left",
              "Close files, or raise the limit (ulimit -n)"),
          cause);
    }
    if (text.contains("No space left") || text.contains("quota exceeded")) {
      return new NoSpace(
          FailureDetails.of(path, operation, text, "Free space, or raise the quota"), cause);
    }
    if (text.contains("File too large")) {
      return new TooLarge(
          FailureDetails.of(
              path, operation, text, "Check the limits on the size of files (ulimit -f)"),
          cause);
    }
    if (text.contains("busy") || text.contains("temporarily unavailable")) {
      return new InUse(
          FailureDetails.of(path, operation, text, "Wait until whoever holds it lets go of it"),
          cause);
    }
    if (text.contains("cannot extend file")) {
      return new Truncated(
          FailureDetails.of(
              path,
              operation,
              "the file has become shorter while it was opened",
              "Something else truncates it: open it again"),
          cause);
    }
    if (cause.getCause() instanceof OutOfMemoryError || text.contains("Map failed")) {
      return new MapFailed(
          FailureDetails.of(
              path,
              operation,
              "the system would not map it: " + text,
              "Close regions, or check the limits on address space and mappings"),
          cause);
    }
    return new DeviceFailed(
        FailureDetails.of(
            path, operation, text, "Check the disk, the file system and the kernel log"),
        cause);
  }

  private static NotFound notFound(Path path, String operation, String why, IOException cause) {
    return new NotFound(
        FailureDetails.of(path, operation, why, "Check the spelling and the working directory"),
        cause);
  }

  private static PermissionDenied denied(Path path, String operation, IOException cause) {
    return new PermissionDenied(
        FailureDetails.of(
            path,
            operation,
            "permission denied",
            "Check the permissions of the file and of the directories above it"),
        cause);
  }

  private static SymlinkLoop loop(Path path, String operation, IOException cause) {
    return new SymlinkLoop(
        FailureDetails.of(
            path,
            operation,
            "the symbolic links lead in a circle",
            "Check where the links point (readlink)"),
        cause);
  }
}
