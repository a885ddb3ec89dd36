package io.filewright.cli;

import io.filewright.FileSource;
import io.filewright.error.FileException;
import io.filewright.spi.FileIdentity;
import io.filewright.spi.OpenedFile;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A file that is open and was checked by its descriptor. Whatever its name means by now, this is
/// the file that passed.
///
/// `AsyncFiles.open` takes the descriptor over; otherwise [#close] it. Safe for any threads.
public final class CheckedFile implements FileSource {

  private final CheckedPath checked;
  private final FileIdentity identity;
  private final long byteSize;
  private final AtomicReference<@Nullable OpenedFile> descriptor;

  CheckedFile(CheckedPath checked, FileIdentity identity, long byteSize, OpenedFile file) {
    this.checked = checked;
    this.identity = identity;
    this.byteSize = byteSize;
    this.descriptor = new AtomicReference<>(file);
  }

  /// The value that named it.
  public Argument argument() {
    return checked.argument();
  }

  @Override
  public Path path() {
    return checked.path().orElseThrow();
  }

  /// Which file it is.
  public FileIdentity identity() {
    return identity;
  }

  /// Its size when it was checked, in bytes.
  public long byteSize() {
    return byteSize;
  }

  @Override
  public OpenedFile take() throws FileException {
    OpenedFile file = descriptor.getAndSet(null);
    if (file == null) {
      throw new IllegalStateException(
          "The descriptor of " + Names.quoted(path()) + " was handed over or closed before.");
    }
    return file;
  }

  /// Nothing was written, so a failure tells nothing.
  @Override
  public void close() {
    OpenedFile file = descriptor.getAndSet(null);
    if (file != null) {
      try {
        file.close();
      } catch (FileException _) {
        // See above.
      }
    }
  }
}
