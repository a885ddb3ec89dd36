package io.filewright.cli;

import io.filewright.AtomicFile;
import io.filewright.error.FileException;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedDirectory;
import io.filewright.spi.SymlinkPolicy;
import java.nio.file.Path;

/// How the directories of an output are reached. Where a root or links restrict the way, each is
/// opened under these rules and held; what is done in it is done in that very directory, whatever
/// its name means by then.
final class OutputPlace {

  private final Location location;
  private final Target.Overwriting overwriting;

  OutputPlace(Location location, Target.Overwriting overwriting) {
    this.location = location;
    this.overwriting = overwriting;
  }

  /// A directory that nobody needs to hold.
  private record ByPath(Path path) implements OpenedDirectory {

    @Override
    public void close() {}
  }

  /// @throws io.filewright.error.Unsupported if the way is restricted and no engine can hold it
  OpenedDirectory hold(Path directory) throws FileException {
    if (isFree()) {
      return new ByPath(directory);
    }
    boolean anyLinkMatters = location.symlinks() == SymlinkPolicy.REFUSE_ANY;
    return OpeningEngine.get()
        .openDirectory(
            new OpenRequest(
                directory.toAbsolutePath(),
                OpenIntent.READ,
                anyLinkMatters ? SymlinkPolicy.REFUSE_ANY : SymlinkPolicy.FOLLOW,
                location.root().map(Path::toAbsolutePath)));
  }

  /// New content for a file in a directory that [#hold] gave.
  @SuppressWarnings("MustBeClosed") // by the caller
  AtomicFile begin(OpenedDirectory directory, Path file) throws FileException {
    boolean free = isFree();
    return switch (overwriting) {
      case ALLOWED -> free ? AtomicFile.replacing(file) : AtomicFile.replacing(directory, file);
      case REFUSED -> free ? AtomicFile.creating(file) : AtomicFile.creating(directory, file);
    };
  }

  /// A name that nothing has is no link, so links as last component matter only where something may
  /// be replaced.
  private boolean isFree() {
    return location.root().isEmpty()
        && switch (location.symlinks()) {
          case FOLLOW -> true;
          case REFUSE_FINAL -> overwriting == Target.Overwriting.REFUSED;
          case REFUSE_ANY -> false;
        };
  }
}
