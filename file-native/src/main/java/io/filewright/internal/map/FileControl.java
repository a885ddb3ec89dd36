package io.filewright.internal.map;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.error.PermissionDenied;
import io.filewright.error.Unsupported;
import io.filewright.internal.os.FileSystemNumbers;
import io.filewright.internal.os.Os;
import io.filewright.spi.FileLease;
import io.filewright.spi.FileLocking;
import io.filewright.spi.FileSystemType;
import java.nio.file.Path;
import java.util.Set;

/// Locks, leases and clones of an open file, and what their errnos mean.
final class FileControl {

  /// Errors of a clone that say something of the machine's state, not of the file system. All
  /// others mean that there are no clones here: each file system has an error of its own for it.
  private static final Set<String> REAL_FAILURES = Set.of("EMFILE", "ENFILE", "ENOMEM", "EIO");

  private final Os os;
  private final Errnos errnos;
  private final Path path;
  private final int descriptor;

  FileControl(Os os, Errnos errnos, Path path, int descriptor) {
    this.os = os;
    this.errnos = errnos;
    this.path = path;
    this.descriptor = descriptor;
  }

  FileSystemType fileSystem() throws FileException {
    long number = os.fileSystem(descriptor);
    if (number < 0) {
      throw errnos.failure(path, "fileSystem", number);
    }
    return FileSystemType.named(FileSystemNumbers.name(number));
  }

  void lock(FileLocking locking) throws FileException {
    int result = os.lockFile(descriptor, locking == FileLocking.EXCLUSIVE);
    if (result == 0) {
      return;
    }
    FailureDetails details =
        switch (errnoName(result)) {
          case "EAGAIN", "EACCES" ->
              FailureDetails.of(
                  path,
                  "lock",
                  "somebody else holds a lock on it",
                  "Wait until they let go of it, or open it without a lock");
          case "EINVAL", "ENOLCK", "EOPNOTSUPP", "ENOSYS" ->
              FailureDetails.of(
                  path,
                  "lock",
                  "this kernel or file system has no locks, or none left",
                  "Open it without a lock");
          default -> throw errnos.failure(path, "lock", result);
        };
    details = details.withErrno(-result, errnoName(result));
    throw details.remedy().startsWith("Wait") ? new InUse(details) : new Unsupported(details);
  }

  FileLease lease(Runnable onBreak) throws FileException {
    int result = os.takeLease(descriptor);
    if (result < 0) {
      throw leaseFailure(result);
    }
    return NativeLease.watched(os, descriptor, onBreak);
  }

  private FileException leaseFailure(int result) {
    String name = errnoName(result);
    return switch (name) {
      case "EAGAIN" ->
          new InUse(
              FailureDetails.of(
                      path,
                      "lease",
                      "somebody has it open for writing",
                      "Wait until they close it, or use Guard.SNAPSHOT")
                  .withErrno(-result, name));
      case "EACCES", "EPERM" ->
          new PermissionDenied(
              FailureDetails.of(
                      path,
                      "lease",
                      "only a file's owner may have a lease of it",
                      "Run as its owner or with CAP_LEASE, or use Guard.SNAPSHOT")
                  .withErrno(-result, name));
      case "EINVAL", "ENOLCK", "EOPNOTSUPP", "ENOSYS" ->
          new Unsupported(
              FailureDetails.of(
                      path, "lease", "its file system has no leases", "Use Guard.SNAPSHOT")
                  .withErrno(-result, name));
      default -> errnos.failure(path, "lease", result);
    };
  }

  /// Makes a file that shares the blocks.
  ///
  /// @return its descriptor
  int cloned() throws FileException {
    int result = os.cloneFile(descriptor);
    if (result >= 0) {
      return result;
    }
    String name = errnoName(result);
    throw REAL_FAILURES.contains(name)
        ? errnos.failure(path, "reflink", result)
        : new Unsupported(
            FailureDetails.of(
                    path,
                    "reflink",
                    "its file system does not share blocks between files, or not in this directory",
                    "Read the file into memory")
                .withErrno(-result, name));
  }

  private String errnoName(int result) {
    return os.errnoName(-result);
  }
}
