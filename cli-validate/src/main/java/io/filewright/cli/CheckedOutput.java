package io.filewright.cli;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.AtomicFile;
import io.filewright.error.FileException;
import io.filewright.spi.OpenedDirectory;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// New content for an output that passed: it takes the old one's place on [#commit]. A run that
/// fails before, or is killed, leaves the old file byte for byte, or none if there was none.
///
/// If nothing may be overwritten, nothing is, even if a file of this name appears before the
/// commit. Where a root or links restrict its place, its directory is opened under these rules and
/// held until [#close], and the content goes into that very directory; a link of the file's own
/// name is refused. Safe for any threads; waits for the disk.
public final class CheckedOutput implements AutoCloseable {

  private final AtomicFile file;
  private final OpenedDirectory directory;
  private final NewDirectories created;

  private CheckedOutput(AtomicFile file, OpenedDirectory directory, NewDirectories created) {
    this.file = file;
    this.directory = directory;
    this.created = created;
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
    var place = new OutputPlace(rules.location(), rules.target().overwriting());
    NewDirectories created = NewDirectories.above(path, place);
    OpenedDirectory directory = null;
    AtomicFile file = null;
    try {
      directory = place.hold(NewDirectories.parent(path));
      file = place.begin(directory, path);
      return new CheckedOutput(file, directory, created);
    } finally {
      if (file == null) {
        letGo(directory);
        created.removeEmpty();
      }
    }
  }

  /// Nothing was written to it by its descriptor, so a failure tells nothing.
  private static void letGo(@Nullable OpenedDirectory directory) {
    if (directory != null) {
      try {
        directory.close();
      } catch (FileException _) {
        // See above.
      }
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
    created.keep();
  }

  /// Ends this. Without a commit nothing of it is left. Idempotent.
  @Override
  public void close() throws FileException {
    try {
      file.close();
    } finally {
      letGo(directory);
      created.removeEmpty();
    }
  }
}
