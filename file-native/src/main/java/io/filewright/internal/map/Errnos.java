package io.filewright.internal.map;

import io.filewright.error.AlreadyExists;
import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.error.IsDirectory;
import io.filewright.error.MapFailed;
import io.filewright.error.NoSpace;
import io.filewright.error.NotFound;
import io.filewright.error.NotRegularFile;
import io.filewright.error.PermissionDenied;
import io.filewright.error.SymlinkLoop;
import io.filewright.error.Timeout;
import io.filewright.error.TooLarge;
import io.filewright.error.TooManyOpenFiles;
import io.filewright.error.Unsupported;
import io.filewright.internal.os.Os;
import java.nio.file.Path;

/// What an errno means: the one place where the system's errors become ours.
public final class Errnos {

  private final Os os;

  public Errnos(Os os) {
    this.os = os;
  }

  /// The exception for a call that failed without a range.
  ///
  /// @param result the call's result: a negated errno
  public FileException failure(Path path, String operation, long result) {
    int errno = (int) -result;
    String name = os.errnoName(errno);
    return of(name, path, operation, d -> d.withErrno(errno, name));
  }

  /// The exception for a call that failed on a range of the file.
  public FileException failure(
      Path path, String operation, long result, long byteOffset, long byteSize) {
    int errno = (int) -result;
    String name = os.errnoName(errno);
    return of(name, path, operation, d -> d.withErrno(errno, name).withRange(byteOffset, byteSize));
  }

  private interface More {
    FailureDetails to(FailureDetails details);
  }

  private static FileException of(String name, Path path, String operation, More more) {
    return switch (name) {
      case "ENOENT" ->
          new NotFound(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "there is no such file",
                      "Check the spelling and the working directory")));
      case "ENOTDIR" ->
          new NotFound(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "something on the way to it is not a directory",
                      "Check the path, component by component")));
      case "ENAMETOOLONG" ->
          new NotFound(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "the name is longer than any file's can be",
                      "Shorten it: at most 255 bytes a component and 4095 in all")));
      case "EEXIST" ->
          new AlreadyExists(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "there is a file of this name already",
                      "Remove it, choose another name, or open what is there")));
      case "EROFS" ->
          new PermissionDenied(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "its file system is read-only",
                      "Check how the file system is mounted (findmnt), or write elsewhere")));
      case "EACCES", "EPERM" ->
          new PermissionDenied(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "permission denied",
                      "Check the permissions of the file and of the directories above it")));
      case "EXDEV" ->
          new PermissionDenied(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "the path leads out of the directory that it must stay in",
                      "Name a file beneath that directory, without `..` or links that leave it")));
      case "ELOOP" ->
          new SymlinkLoop(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "a symbolic link that is not followed, or links in a circle",
                      "Check where the links point (readlink), or follow links")));
      case "EISDIR" ->
          new IsDirectory(
              more.to(
                  FailureDetails.of(
                      path, operation, "it is a directory", "Name a file inside it")));
      case "ENXIO" ->
          new NotRegularFile(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "it is a socket, or a device that is not there",
                      "Only regular files can be mapped")));
      case "ENODEV", "EOPNOTSUPP", "ENOSYS" ->
          new Unsupported(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "this kernel or file system cannot do it",
                      "See `filewright info` for what can be used here")));
      case "EMFILE", "ENFILE" ->
          new TooManyOpenFiles(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "no file descriptor is left",
                      "Close files, or raise the limit (ulimit -n)")));
      case "ENOSPC", "EDQUOT" ->
          new NoSpace(
              more.to(
                  FailureDetails.of(
                      path, operation, "no space is left", "Free space, or raise the quota")));
      case "EAGAIN", "EBUSY", "ETXTBSY" ->
          new InUse(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "something else holds it",
                      "Wait until the other process lets go of it")));
      case "EFBIG", "EOVERFLOW" ->
          new TooLarge(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "it is larger than the system or a limit allows",
                      "Check the limits on the size of files (ulimit -f), or use a part of it")));
      case "ENOMEM" ->
          new MapFailed(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "the system has no memory or address space for it",
                      "Close regions; check ulimit -v, vm.max_map_count and the container's"
                          + " memory")));
      case "ETIMEDOUT" ->
          new Timeout(
              more.to(
                  FailureDetails.of(
                      path,
                      operation,
                      "the file system did not answer in time",
                      "Check the network or the server behind it")));
      default ->
          operation.equals("map")
              ? new MapFailed(
                  more.to(
                      FailureDetails.of(
                          path, operation, "the system would not map it", "Check the range")))
              : new DeviceFailed(
                  more.to(
                      FailureDetails.of(
                          path,
                          operation,
                          "the device or file system failed",
                          "Check the disk and the kernel log")));
    };
  }
}
