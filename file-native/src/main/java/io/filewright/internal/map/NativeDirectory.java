package io.filewright.internal.map;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import io.filewright.internal.os.Os;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// A descriptor of a directory, reached by its name in `/proc`: that leads to what the descriptor
/// refers to, and not by way of any other name.
public final class NativeDirectory implements OpenedDirectory {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final Os os;
  private final Errnos errnos;
  private final Path opened;
  private final int descriptor;
  private final AtomicBoolean closed = new AtomicBoolean();

  private NativeDirectory(Os os, Errnos errnos, Path opened, int descriptor) {
    this.os = os;
    this.errnos = errnos;
    this.opened = opened;
    this.descriptor = descriptor;
  }

  /// Opens one.
  public static NativeDirectory open(Os os, Errnos errnos, OpenRequest request)
      throws FileException {
    int descriptor = os.openDirectory(request);
    if (descriptor < 0) {
      throw errnos.failure(request.path(), "openDirectory", descriptor);
    }
    var directory = new NativeDirectory(os, errnos, request.path(), descriptor);
    if (!Files.isDirectory(directory.path())) {
      directory.close();
      throw new Unsupported(
          FailureDetails.of(
              request.path(),
              "openDirectory",
              "there is no /proc to reach a directory by that is held open",
              "Mount it; or follow links, and ask for no root"));
    }
    return directory;
  }

  @Override
  public Path path() {
    return DESCRIPTORS.resolve(Integer.toString(descriptor));
  }

  @Override
  public void close() throws FileException {
    if (closed.compareAndSet(false, true)) {
      int result = os.close(descriptor);
      if (result < 0) {
        throw errnos.failure(opened, "close", result);
      }
    }
  }
}
