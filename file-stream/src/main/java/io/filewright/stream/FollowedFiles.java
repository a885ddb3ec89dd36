package io.filewright.stream;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.NotFound;
import io.filewright.error.PermissionDenied;
import io.filewright.error.Unsupported;
import io.filewright.internal.blocks.Descriptors;
import io.filewright.spi.FileIdentity;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The file that is read now, and those that come after it. An open file keeps its number, so no
/// other one is taken for it.
final class FollowedFiles implements AutoCloseable {

  private final Follow follow;
  private final RotatedFiles rotated;
  private final Queue<OpenedFile> coming = new ArrayDeque<>();
  private @Nullable OpenedFile current;
  private @Nullable FileIdentity identity;
  private Optional<RotatedFiles.Birth> seen = Optional.empty();
  private long at;

  /// What has become of the file that was read to its end.
  enum Change {
    /// It may still grow.
    NONE,
    /// It is shorter than what was read of it.
    TRUNCATED,
    /// Others have taken its place.
    REPLACED
  }

  FollowedFiles(Follow follow) {
    this.follow = follow;
    this.rotated = new RotatedFiles(follow.path());
  }

  /// Opens the file, if there is one.
  ///
  /// @return where reading begins
  long begin() throws FileException {
    refuseWhatIsNoLog();
    rotated.note(rotated.list());
    find();
    while (coming.size() > 1) {
      Descriptors.close(coming.remove());
    }
    if (!coming.isEmpty()) {
      OpenedFile file = coming.remove();
      become(file);
      at = LastRecords.offset(file, follow.delimiter(), follow.lastRecords());
    }
    return at;
  }

  /// What is there must be a file, and say how long it is.
  private void refuseWhatIsNoLog() throws FileException {
    Optional<OpenedFile> opened = openIfThere(follow.path());
    if (opened.isEmpty()) {
      return;
    }
    OpenedFile file = opened.get();
    try (Arena arena = Arena.ofConfined()) {
      if (file.size() == 0 && file.read(0, arena.allocate(1)) > 0 && file.size() == 0) {
        throw new Unsupported(
            FailureDetails.of(
                follow.path(),
                "follow",
                "the file does not say how long it is, so nobody can tell what was appended",
                "Follow a regular file on a disk"));
      }
    } finally {
      Descriptors.close(file);
    }
  }

  /// Reads on.
  ///
  /// @return how many bytes; 0 if there are no more at this moment
  int read(MemorySegment target) throws FileException {
    OpenedFile file = current;
    int count = file == null ? 0 : file.read(at, target);
    at += count;
    return count;
  }

  /// Where the name leads now. A name that leads nowhere is no change by itself: somebody may still
  /// write to the old file.
  Change change() throws FileException {
    OpenedFile file = current;
    if (file != null && file.size() < at) {
      return Change.TRUNCATED;
    }
    if (coming.isEmpty()) {
      find();
    }
    return coming.isEmpty() ? Change.NONE : Change.REPLACED;
  }

  /// Opens what has the name now, if that is another file, and before it those that had it in
  /// between. The name must not have gone on meanwhile, or one of them would be in the wrong place.
  private void find() throws FileException {
    while (true) {
      Optional<RotatedFiles.Birth> before = rotated.named();
      if (before.isPresent() && before.equals(seen)) {
        rotated.settle(before.get());
        return;
      }
      RotatedFiles.Listing listing = rotated.list();
      for (Path path : listing.fresh()) {
        openRotated(path);
      }
      if (before.isPresent()) {
        openIfThere(follow.path()).ifPresent(coming::add);
        seen = before;
      }
      if (rotated.named().equals(before)) {
        rotated.note(listing);
        return;
      }
      closeComing();
    }
  }

  /// One that may not be read never had the name of a log that may.
  private void openRotated(Path path) throws FileException {
    Optional<OpenedFile> opened;
    try {
      opened = openIfThere(path);
    } catch (PermissionDenied _) {
      return;
    }
    if (opened.isPresent()) {
      OpenedFile file = opened.get();
      if (file.identity().equals(identity)) {
        Descriptors.close(file);
      } else {
        coming.add(file);
      }
    }
  }

  /// Goes over to the next file.
  void goOver() throws FileException {
    become(coming.remove());
  }

  /// Begins the same file again.
  void rewind() {
    at = 0;
  }

  private void become(OpenedFile file) throws FileException {
    closeCurrent();
    current = file;
    identity = file.identity();
    at = 0;
  }

  private Optional<OpenedFile> openIfThere(Path path) throws FileException {
    try {
      return Optional.of(Descriptors.open(follow.memory().runtime(), path));
    } catch (NotFound _) {
      return Optional.empty();
    }
  }

  private void closeCurrent() {
    if (current != null) {
      Descriptors.close(current);
      current = null;
    }
  }

  private void closeComing() {
    coming.forEach(Descriptors::close);
    coming.clear();
  }

  @Override
  public void close() {
    closeCurrent();
    closeComing();
  }
}
