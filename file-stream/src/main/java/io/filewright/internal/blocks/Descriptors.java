package io.filewright.internal.blocks;

import io.filewright.FileRuntime;
import io.filewright.error.FileException;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedFile;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/// Opens and closes what is read here.
public final class Descriptors {

  private Descriptors() {}

  /// Opens a file to be read. A virtual thread waits for one of the engine's, as an open may hang.
  public static OpenedFile open(FileRuntime runtime, Path path) throws FileException {
    var request = OpenRequest.forReading(path);
    if (!Thread.currentThread().isVirtual()) {
      return runtime.engine().openNow(request);
    }
    try {
      return runtime.engine().open(request, () -> true).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof FileException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /// Closes what was only read: a failure changes nothing for anybody, so it is logged.
  public static void close(OpenedFile file) {
    try {
      file.close();
    } catch (FileException e) {
      System.getLogger("io.filewright.stream").log(Level.WARNING, "A close failed.", e);
    }
  }
}
