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

  /// Removes stale temporaries from a directory.
  ///
  /// @return how many
  public static int sweep(Path directory) throws IOException {
    int entries = 0;
    int removed = 0;
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        entries++;
        if (TemporaryName.isTemporary(path) && !TemporaryName.isOurs(path) && removed(path)) {
          removed++;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    SweepPace.swept(directory, entries);
    return removed;
  }

  /// Removes them from a target's directory, as far as that goes (a directory that one may write
  /// need not be readable), unless that has been done a short time ago.
  public static void sweepFor(Target target) {
    if (SweepPace.isDue(target.directory())) {
      try {
        var _ = sweep(target.directory());
      } catch (IOException _) {
        // They stay.
      }
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
