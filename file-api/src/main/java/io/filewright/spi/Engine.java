package io.filewright.spi;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// Opens files without blocking whoever asks.
public interface Engine extends AutoCloseable {

  /// The provider's name.
  String name();

  /// Size of a memory page, in bytes: a power of two.
  int pageSize();

  /// How many mappings with their descriptors the process can bear: half its descriptor limit, and
  /// far below the kernel's limit on mappings.
  int maxRegions();

  /// Opens a regular file. Never blocks the caller, not even on a FIFO or a dead network disk.
  ///
  /// @param wanted asked when the work begins; if it says no, nothing is opened
  /// @return a stage that completes with the file, or with a [FileException]; whoever receives the
  ///   file closes it
  /// @throws java.util.concurrent.RejectedExecutionException after [#close]
  CompletionStage<OpenedFile> open(OpenRequest request, BooleanSupplier wanted);

  /// The same, on the calling thread, which an interrupt does not disturb.
  OpenedFile openNow(OpenRequest request) throws FileException;

  /// Opens a directory and holds it, on the calling thread. Of the request's path every component
  /// is a directory, and its link policy is about all of them; the intent is READ.
  ///
  /// @return the directory; whoever receives it closes it
  /// @throws io.filewright.error.Unsupported if this engine cannot hold directories, or cannot here
  default OpenedDirectory openDirectory(OpenRequest request) throws FileException {
    throw new Unsupported(
        FailureDetails.of(
            request.path(),
            "openDirectory",
            "the engine " + name() + " cannot hold a directory open",
            "Use the populate engine"));
  }

  /// Memory for a copy of a file that cannot be mapped, or need not be.
  ///
  /// @param byteSize its size, in bytes, at least 0
  Allocation allocate(long byteSize);

  /// The engine's bounded threads for blocking work that has no asynchronous form. A task given
  /// from one of these threads runs at once on it.
  Executor blocking();

  /// Runs the short steps between two operations of a load, such as mapping; they do not wait for
  /// the disk. Never runs them on the caller's thread, unless that is one of its own.
  default Executor steps() {
    return blocking();
  }

  /// Refuses further work and lets go of the threads; what is under way ends. Open files stay
  /// valid. Idempotent.
  @Override
  void close();
}
