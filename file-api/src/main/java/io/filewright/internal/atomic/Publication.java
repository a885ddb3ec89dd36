package io.filewright.internal.atomic;

import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.internal.portable.PortableErrors;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How the new content gets the target's name: in one step, and for good.
public enum Publication {

  /// Whatever has the name gives it up.
  REPLACE {
    @Override
    void name(Target target, Path temporary) throws IOException {
      var _ = Files.move(temporary, target.file(), StandardCopyOption.ATOMIC_MOVE);
    }
  },

  /// Only if nothing has the name.
  CREATE {
    @Override
    void name(Target target, Path temporary) throws IOException {
      Path file = target.file();
      try {
        var _ = Files.createLink(file, temporary);
      } catch (UnsupportedOperationException | FileSystemException e) {
        if (!lacksLinks(e)) {
          throw e;
        }
        reserve(file, temporary);
        return;
      }
      dropOtherName(temporary);
    }
  };

  /// What file systems without hard links answer.
  private static final Pattern NO_LINKS =
      Pattern.compile("not permitted|not supported|not implemented|Too many links");

  /// What cannot be removed now is swept later; the file is complete under its own name.
  private static void dropOtherName(Path temporary) {
    try {
      Files.delete(temporary);
    } catch (IOException _) {
      // See above.
    }
  }

  private static boolean lacksLinks(Exception failure) {
    return !(failure instanceof FileSystemException e)
        || NO_LINKS.matcher(String.valueOf(e.getReason())).find();
  }

  /// Without links, an empty file takes the name, and is replaced.
  private static void reserve(Path file, Path temporary) throws IOException {
    var _ = Files.createFile(file);
    boolean done = false;
    try {
      var _ = Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      done = true;
    } finally {
      if (!done) {
        var _ = Files.deleteIfExists(file);
      }
    }
  }

  abstract void name(Target target, Path temporary) throws IOException;

  /// Makes a temporary the target; when it returns, no crash undoes it. If it fails, the target is
  /// what it was, unless it says otherwise.
  public final void publish(Target target, Temporary temporary) throws FileException {
    temporary.complete();
    try (Directory directory = Directory.open(target)) {
      try {
        name(target, temporary.path());
      } catch (IOException e) {
        throw target.failure("commit", e);
      }
      directory.sync();
    }
  }

  /// The target's directory, opened before anything is renamed, so that a lack of descriptors or
  /// permissions leaves the old content.
  private record Directory(Target target, @Nullable AsynchronousFileChannel channel)
      implements AutoCloseable {

    static Directory open(Target target) throws FileException {
      try {
        return new Directory(
            target,
            Channels.WINDOWS
                ? null
                : Channels.open(target.directory(), Set.of(StandardOpenOption.READ)));
      } catch (IOException e) {
        throw PortableErrors.typed(target.named(), "openDirectory", e);
      }
    }

    void sync() throws FileException {
      try {
        if (channel != null) {
          channel.force(true);
        }
      } catch (IOException e) {
        throw new DeviceFailed(
            FailureDetails.of(
                target.named(),
                "syncDirectory",
                "the new content is in place, but may not survive a power cut: " + e.getMessage(),
                "Check the disk and the kernel log, then write it again"),
            e);
      }
    }

    /// It was only read, so a failure tells nothing.
    @Override
    public void close() {
      try {
        if (channel != null) {
          channel.close();
        }
      } catch (IOException _) {
        // See above.
      }
    }
  }
}
