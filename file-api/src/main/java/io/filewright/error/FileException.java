package io.filewright.error;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A file operation failed: which file, which operation, where, why, and what to check.
///
/// The set of kinds is closed, so a `switch` over them needs no default; [DataException] is the one
/// open door, for failures of the content that other modules define. Synchronous methods throw it;
/// asynchronous ones complete with the same object. Immutable but for suppressed exceptions.
public abstract sealed class FileException extends IOException
    permits NotFound,
        AlreadyExists,
        PermissionDenied,
        IsDirectory,
        NotRegularFile,
        SymlinkLoop,
        TooLarge,
        MapFailed,
        TooManyRegions,
        TooManyOpenFiles,
        InvalidUtf8,
        Truncated,
        DeviceFailed,
        NoSpace,
        InUse,
        Unsupported,
        Timeout,
        Cancelled,
        DataException {

  private static final long serialVersionUID = 1L;
  private static final long NONE = -1;

  // Not final: a path is not serializable, so the parts travel one by one.
  private transient FailureDetails details;

  FileException(FailureDetails details, @Nullable Throwable cause) {
    super(details.message(), cause);
    this.details = details;
  }

  /// All the parts of the message, as data.
  public final FailureDetails details() {
    return details;
  }

  /// The file, as the caller named it.
  public final Path path() {
    return details.path();
  }

  /// The operation that failed, in the API's terms: `open`, `map`, `read`, ...
  public final String operation() {
    return details.operation();
  }

  /// The offset in the file at which it failed, in bytes, if there is one.
  public final OptionalLong byteOffset() {
    return details.byteOffset();
  }

  /// The operating system's error number, if it reported one.
  public final OptionalInt errno() {
    return details.errnoNumber();
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeObject(details.path().toString());
    out.writeObject(details.operation());
    out.writeLong(details.byteOffset().orElse(NONE));
    out.writeLong(details.byteSize().orElse(NONE));
    out.writeObject(details.errno().map(FailureDetails.Errno::name).orElse(""));
    out.writeInt(details.errnoNumber().orElse(0));
    out.writeObject(details.cause());
    out.writeObject(details.remedy());
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    Path path = Path.of((String) in.readObject());
    String operation = (String) in.readObject();
    long offset = in.readLong();
    long size = in.readLong();
    String errnoName = (String) in.readObject();
    int errno = in.readInt();
    details =
        new FailureDetails(
            path,
            operation,
            offset == NONE ? OptionalLong.empty() : OptionalLong.of(offset),
            size == NONE ? OptionalLong.empty() : OptionalLong.of(size),
            errno == 0 ? Optional.empty() : Optional.of(new FailureDetails.Errno(errno, errnoName)),
            (String) in.readObject(),
            (String) in.readObject());
  }
}
