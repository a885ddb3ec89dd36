package io.filewright;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import io.filewright.spi.Engine;
import io.filewright.spi.FileSystemType;
import io.filewright.spi.MapRequest;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedFile;
import io.filewright.spi.SymlinkPolicy;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;

/// What can be done with a file where it lies, see [AsyncFiles#support(Path)].
///
/// @param path the file
/// @param fileSystem the file system that it is in
/// @param rule what the file system changes about the way the file is opened, as a sentence without
///   its stop
/// @param mapping why it cannot be mapped, if it cannot
/// @param lease why [Guard#KERNEL_LEASE] is not to be had, if it is not
/// @param reflink why [Guard#SNAPSHOT] is a copy, if it is one
public record FileSupport(
    Path path,
    FileSystemType fileSystem,
    Optional<String> rule,
    Optional<FileException> mapping,
    Optional<FileException> lease,
    Optional<FileException> reflink) {

  private interface Attempt {
    AutoCloseable begin() throws FileException;
  }

  /// Tries each of them, and undoes it at once.
  static FileSupport of(Engine engine, Path path) throws FileException {
    var request = new OpenRequest(path, OpenIntent.READ, SymlinkPolicy.FOLLOW, Optional.empty());
    try (OpenedFile file = engine.openNow(request)) {
      FileSystemType fileSystem = file.fileSystem();
      var rules = new FileSystemRules(fileSystem);
      return new FileSupport(
          path,
          fileSystem,
          rules.reason(),
          failure(() -> mapped(file)),
          failure(
              () -> {
                rules.checkLease(path);
                return file.lease(() -> {});
              }),
          failure(file::reflink));
    }
  }

  /// One byte will do; an empty file needs no mapping.
  private static AutoCloseable mapped(OpenedFile file) throws FileException {
    if (file.size() > 0) {
      return file.map(MapRequest.forReading(0, 1));
    }
    try (Arena arena = Arena.ofConfined()) {
      if (file.read(0, arena.allocate(1)) > 0) {
        throw new Unsupported(
            FailureDetails.of(
                file.path(), "map", "the file does not say how long it is", "It is copied"));
      }
      return () -> {};
    }
  }

  private static Optional<FileException> failure(Attempt attempt) throws FileException {
    try (var _ = attempt.begin()) {
      return Optional.empty();
    } catch (FileException e) {
      return Optional.of(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("an engine fails by FileException", e);
    }
  }
}
