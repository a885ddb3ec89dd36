package io.filewright.internal.atomic;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// Removes temporaries whose process is gone: those whose lock can be taken. Where there are no
/// locks, nothing is removed.
public final class Sweeper {

  private static final Set<OpenOption> LOCKABLE =
      Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private Sweeper() {}

  /// Removes stale temporaries of any target.
  ///
  /// @return how many
  public static int sweep(Path directory) throws IOException {
    return sweep(directory, TemporaryName::isTemporary);
  }

  /// Removes those of one target, as far as that goes: a directory that one may write need not be
  /// readable.
  public static void sweep(Target target) {
    try {
      var _ = sweep(target.directory(), path -> TemporaryName.isTemporaryOf(target.name(), path));
    } catch (IOException _) {
      // They stay.
    }
  }

  private static int sweep(Path directory, DirectoryStream.Filter<Path> filter) throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> temporaries = Files.newDirectoryStream(directory, filter)) {
      for (Path temporary : temporaries) {
        if (!TemporaryName.isOurs(temporary) && removed(temporary)) {
          removed++;
        }
      }
      return removed;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean removed(Path temporary) {
    if (!Files.isRegularFile(temporary, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (AsynchronousFileChannel channel = Channels.open(temporary, LOCKABLE)) {
      return channel.tryLock() != null && Files.deleteIfExists(temporary);
    } catch (IOException | OverlappingFileLockException _) {
      return false; // somebody else's, or in use, or gone
    }
  }
}
