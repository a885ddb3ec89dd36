package io.filewright;

import io.filewright.error.FailureDetails;
import io.filewright.error.Unsupported;
import io.filewright.spi.FileSystemType;
import io.filewright.spi.FileSystemType.Kind;
import java.nio.file.Path;
import java.util.Optional;

/// What the file system of a file changes about the way the file is opened.
///
/// | kind | small files | leases |
/// |---|---|---|
/// | NETWORK, USER_SPACE | copied up to [Prefault#SMALL_BYTES] | none |
/// | PSEUDO | copied up to [RegionBuilder#COPY_BYTES] | none |
/// | all others | copied up to [RegionBuilder#COPY_BYTES] | what the kernel says |
///
/// @param fileSystem the file system
record FileSystemRules(FileSystemType fileSystem) {

  /// The largest of all [#copyBytes]: about a larger file no file system need be asked.
  static final long MOST_COPY_BYTES = Prefault.SMALL_BYTES;

  /// Up to this size a file is copied where the options leave the choice. What is distant is copied
  /// as far as [Prefault#AUTO] brings all of a file in anyway: the transfer is the same, and a
  /// region that is a copy neither waits for the network again when the kernel has taken its pages
  /// back, nor depends on what others do to the file.
  long copyBytes() {
    return isDistant() ? MOST_COPY_BYTES : RegionBuilder.COPY_BYTES;
  }

  /// Why a lease would protect from nothing, even if this kernel gave one.
  Optional<String> noLease() {
    return switch (fileSystem.kind()) {
      case NETWORK ->
          Optional.of("other machines change files of " + name() + " without asking this kernel");
      case USER_SPACE ->
          Optional.of("the process that serves " + name() + " need not ask this kernel");
      case PSEUDO -> Optional.of("the kernel makes the content of " + name() + " up as it likes");
      case LOCAL, MEMORY, UNKNOWN -> Optional.empty();
    };
  }

  /// Refuses a lease that would protect from nothing.
  void checkLease(Path path) throws Unsupported {
    Optional<String> reason = noLease();
    if (reason.isPresent()) {
      throw new Unsupported(FailureDetails.of(path, "lease", reason.get(), "Use Guard.SNAPSHOT"));
    }
  }

  /// Refuses to write to content that is made up when it is read: a mapping would be empty.
  void checkWritable(Path path) throws Unsupported {
    if (fileSystem.kind() == Kind.PSEUDO) {
      throw new Unsupported(
          FailureDetails.of(
              path,
              "map",
              "the kernel makes the content of " + name() + " up, so there is nothing to map",
              "Open it read-only, or write to it with a stream"));
    }
  }

  /// What it changes, if it does.
  Optional<String> reason() {
    return switch (fileSystem.kind()) {
      case NETWORK ->
          Optional.of(
              "a page of "
                  + name()
                  + " that is not in memory is a round trip, and other machines truncate without"
                  + " notice: small files are copied");
      case USER_SPACE ->
          Optional.of(
              "a page of "
                  + name()
                  + " that is not in memory waits for the process that serves it: small files are"
                  + " copied");
      case LOCAL, MEMORY, PSEUDO, UNKNOWN -> Optional.empty();
    };
  }

  private boolean isDistant() {
    return fileSystem.kind() == Kind.NETWORK || fileSystem.kind() == Kind.USER_SPACE;
  }

  private String name() {
    return fileSystem.name();
  }
}
