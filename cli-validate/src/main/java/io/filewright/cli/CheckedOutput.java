package io.filewright.cli;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.AtomicFile;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import io.filewright.spi.SymlinkPolicy;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// New content for an output that passed: it takes the old one's place on [#commit]. A run that
/// fails before, or is killed, leaves the old file byte for byte, or none if there was none.
///
/// If nothing may be overwritten, nothing is, even if a file of this name appears before the
/// commit. Safe for any threads; waits for the disk.
public final class CheckedOutput implements AutoCloseable {

  private final AtomicFile file;
  private final NewDirectories directories;

  private CheckedOutput(AtomicFile file, NewDirectories directories) {
    this.file = file;
    this.directories = directories;
  }

  @MustBeClosed
  @SuppressWarnings("MustBeClosed") // with the output
  static CheckedOutput open(PathValidator rules, Argument argument) throws FileException {
    CheckedPath checked =
        rules
            .withDash(Notation.Dash.A_NAME)
            .withPatterns(Notation.Patterns.NAMES)
            .validate(List.of(argument))
            .orThrow()
            .paths()
            .getFirst();
    Path path = checked.path().orElseThrow();
    boolean replaces = rules.target().overwriting() == Target.Overwriting.ALLOWED;
    requireNoGap(path, rules.location(), replaces);
    NewDirectories directories = NewDirectories.above(path);
    boolean opened = false;
    try {
      AtomicFile file = replaces ? AtomicFile.replacing(path) : AtomicFile.creating(path);
      opened = true;
      return new CheckedOutput(file, directories);
    } finally {
      if (!opened) {
        directories.removeEmpty();
      }
    }
  }

  /// A name that nothing has is no link, and stays so until the commit.
  private static void requireNoGap(Path path, Location location, boolean replaces)
      throws Unsupported {
    boolean finalLinkMatters = replaces && location.symlinks() == SymlinkPolicy.REFUSE_FINAL;
    if (location.root().isPresent()
        || location.symlinks() == SymlinkPolicy.REFUSE_ANY
        || finalLinkMatters) {
      throw new Unsupported(
          FailureDetails.of(
              path,
              "create",
              "an output cannot be kept beneath a root, or away from links, without a gap between"
                  + " the check and the use",
              "Follow links, and let nobody else change the directory"));
    }
  }

  /// The file to be written.
  public Path path() {
    return file.target();
  }

  /// The file, for all its ways of writing. Committing it is committing this.
  public AtomicFile file() {
    return file;
  }

  /// Adds all that remains in a buffer.
  public void write(ByteBuffer source) throws FileException {
    file.write(source);
  }

  /// A stream that adds to this file; closing it commits nothing.
  public OutputStream outputStream() {
    return file.outputStream();
  }

  /// Puts the new content in place, for good.
  ///
  /// @throws FileException if it cannot be; then the old content is still there
  public void commit() throws FileException {
    file.commit();
    directories.keep();
  }

  /// Ends this. Without a commit nothing of it is left. Idempotent.
  @Override
  public void close() throws FileException {
    try {
      file.close();
    } finally {
      directories.removeEmpty();
    }
  }
}
