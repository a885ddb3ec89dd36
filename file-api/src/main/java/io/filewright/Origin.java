package io.filewright;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.spi.Engine;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedFile;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/// Where a load gets its descriptor from.
sealed interface Origin {

  Path path();

  CompletionStage<OpenedFile> open(Engine engine, BooleanSupplier wanted);

  OpenedFile openNow(Engine engine) throws FileException;

  /// It is opened by its path.
  record Named(OpenRequest request) implements Origin {

    @Override
    public Path path() {
      return request.path();
    }

    @Override
    public CompletionStage<OpenedFile> open(Engine engine, BooleanSupplier wanted) {
      return engine.open(request, wanted);
    }

    @Override
    public OpenedFile openNow(Engine engine) throws FileException {
      return engine.openNow(request);
    }
  }

  /// Somebody has opened it already.
  record Opened(FileSource source) implements Origin {

    @Override
    public Path path() {
      return source.path();
    }

    @Override
    public CompletionStage<OpenedFile> open(Engine engine, BooleanSupplier wanted) {
      var opened = new CompletableFuture<OpenedFile>();
      try {
        engine.blocking().execute(() -> take(opened));
      } catch (RuntimeException | Error e) {
        source.close();
        throw e;
      }
      return opened;
    }

    private void take(CompletableFuture<OpenedFile> opened) {
      try {
        opened.complete(source.take());
      } catch (IllegalStateException e) {
        opened.completeExceptionally(goneAlready(e));
      } catch (FileException | RuntimeException | Error e) {
        opened.completeExceptionally(e);
      }
    }

    @Override
    public OpenedFile openNow(Engine engine) throws FileException {
      return source.take();
    }

    /// A mistake of the program, which is told by a handle like all that keeps it from loading.
    private InUse goneAlready(IllegalStateException cause) {
      return new InUse(
          FailureDetails.of(
              path(),
              "open",
              "its descriptor was handed over or closed before",
              "A source can be opened once: check the file again for another one"),
          cause);
    }
  }
}
