package io.filewright.internal.portable;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.filewright.error.FailureDetails;
import io.filewright.error.IsDirectory;
import io.filewright.error.PermissionDenied;
import io.filewright.error.SymlinkLoop;
import io.filewright.error.Unsupported;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.SymlinkPolicy;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/// The way to a file, name by name, each looked up in a directory that is held open and none
/// followed by the system: so nobody who swaps a directory for a link can lead it astray.
///
/// ```
///   root ──> in ──> deep ──> file        held: root, in, deep; `..` lets go of the last
/// ```
///
/// A link is followed by walking what it says. It is read by its path, and so may say what another
/// one does by now; but whatever it says is walked like this, too. A directory has to be readable
/// to be held.
final class SecureWalk implements Closeable {

  /// As many links as Linux follows.
  private static final int MOST_LINKS = 40;

  private final OpenRequest request;
  private final Deque<Path> ahead = new ArrayDeque<>();
  private final Deque<Held> held = new ArrayDeque<>();
  private int links;

  /// A directory that is held, and the path that led there.
  private record Held(Path path, SecureDirectoryStream<Path> directory) {}

  /// The directory that a file is in, held until the walk is closed.
  ///
  /// @param directory where it is
  /// @param name its name there, which is not followed if it is a link
  /// @param location the path that led to it
  record Entry(SecureDirectoryStream<Path> directory, Path name, Path location) {

    /// What has the name now, if anything; a link is told as one.
    Optional<BasicFileAttributes> attributes() throws IOException {
      try {
        return Optional.of(
            directory
                .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes());
      } catch (NoSuchFileException _) {
        return Optional.empty();
      }
    }

    /// Opens it; a link fails.
    FileChannel open(OpenIntent intent) throws IOException {
      Set<OpenOption> options =
          switch (intent) {
            case READ -> Set.of(READ, NOFOLLOW_LINKS);
            case UPDATE -> Set.of(READ, WRITE, NOFOLLOW_LINKS);
            case CREATE -> Set.of(READ, WRITE, CREATE, NOFOLLOW_LINKS);
            case CREATE_NEW -> Set.of(READ, WRITE, CREATE_NEW, NOFOLLOW_LINKS);
          };
      // Of a directory of the system itself, channels are those of files.
      return (FileChannel) directory.newByteChannel(name, options);
    }
  }

  private SecureWalk(OpenRequest request) {
    this.request = request;
  }

  /// A walk that has begun: at the root, or where links do not matter any more.
  static SecureWalk begin(OpenRequest request) throws IOException {
    var walk = new SecureWalk(request);
    walk.start();
    return walk;
  }

  @SuppressWarnings("StreamResourceLeak") // it is held until the walk is closed
  private void start() throws IOException {
    Path path = request.path();
    Path root = root();
    if (request.beneath().isEmpty() || path.isAbsolute()) {
      path = path.toAbsolutePath();
      if (!path.startsWith(root)) {
        throw leaves();
      }
      for (int i = root.getNameCount(); i < path.getNameCount(); i++) {
        ahead.add(path.getName(i));
      }
    } else {
      path.forEach(ahead::add);
    }
    DirectoryStream<Path> directory = Files.newDirectoryStream(root);
    if (directory instanceof SecureDirectoryStream<Path> secure) {
      held.push(new Held(root, secure));
      return;
    }
    directory.close();
    throw new Unsupported(
        FailureDetails.of(
            request.path(),
            "open",
            "the portable engine cannot open a file and check the links to it in one step on this"
                + " system",
            "Follow links, and ask for no root"));
  }

  /// Where links begin to matter.
  private Path root() {
    Path path = request.path().toAbsolutePath();
    Path directory =
        request.symlinks() == SymlinkPolicy.REFUSE_ANY ? path.getRoot() : path.getParent();
    return request.beneath().orElse(directory == null ? path : directory);
  }

  /// Walks to the last name, which may be free.
  Entry walk() throws IOException {
    while (!ahead.isEmpty()) {
      Path name = ahead.remove();
      String text = name.toString();
      if (text.equals("..")) {
        leave();
      } else if (!text.isEmpty() && !text.equals(".")) {
        Held at = held.getFirst();
        var entry = new Entry(at.directory(), name, at.path().resolve(name));
        Optional<BasicFileAttributes> found = entry.attributes();
        boolean isLast = ahead.isEmpty();
        if (found.isPresent() && found.get().isSymbolicLink() && !isToBeNew(isLast)) {
          follow(entry.location(), isLast);
        } else if (isLast) {
          return entry;
        } else {
          enter(entry, found);
        }
      }
    }
    throw new IsDirectory(
        FailureDetails.of(request.path(), "open", "it is a directory", "Name a file inside it"));
  }

  /// A new file is not created where a link leads.
  private boolean isToBeNew(boolean isLast) {
    return isLast && request.intent() == OpenIntent.CREATE_NEW;
  }

  /// The type was looked at first, as opening a FIFO would wait.
  private void enter(Entry entry, Optional<BasicFileAttributes> found) throws IOException {
    String path = entry.location().toString();
    if (found.isEmpty()) {
      throw new NoSuchFileException(path);
    }
    if (!found.get().isDirectory()) {
      throw new FileSystemException(path, null, "Not a directory");
    }
    var directory = entry.directory().newDirectoryStream(entry.name(), NOFOLLOW_LINKS);
    held.push(new Held(entry.location(), directory));
  }

  private void leave() throws IOException {
    if (held.size() > 1) {
      held.pop().directory().close();
    } else if (request.beneath().isPresent()) {
      throw leaves();
    }
  }

  private void follow(Path link, boolean isLast) throws IOException {
    boolean refused =
        switch (request.symlinks()) {
          case FOLLOW -> false;
          case REFUSE_FINAL -> isLast;
          case REFUSE_ANY -> true;
        };
    if (refused || ++links > MOST_LINKS) {
      throw new SymlinkLoop(
          FailureDetails.of(
              request.path(),
              "open",
              "a symbolic link that is not followed, or links in a circle",
              "Check where the links point (readlink), or follow links"));
    }
    Path target = Files.readSymbolicLink(link);
    if (target.isAbsolute()) {
      throw leaves();
    }
    for (int i = target.getNameCount() - 1; i >= 0; i--) {
      ahead.addFirst(target.getName(i));
    }
  }

  private PermissionDenied leaves() {
    return new PermissionDenied(
        FailureDetails.of(
            request.path(),
            "open",
            "the path leads out of the directory that it must stay in",
            "Name a file beneath that directory, without `..` or links that leave it"));
  }

  /// Lets go of all directories. They were only read, so a failure tells nothing.
  @Override
  public void close() {
    for (Held directory : held) {
      try {
        directory.directory().close();
      } catch (IOException _) {
        // See above.
      }
    }
    held.clear();
  }
}
