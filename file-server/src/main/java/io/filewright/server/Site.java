package io.filewright.server;

import io.filewright.FileRuntime;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.FileException;
import io.filewright.error.IsDirectory;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.error.NotFound;
import io.filewright.error.NotRegularFile;
import io.filewright.error.PermissionDenied;
import io.filewright.error.SymlinkLoop;
import io.filewright.error.TooManyOpenFiles;
import io.filewright.error.TooManyRegions;
import io.filewright.error.Unsupported;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// What lies beneath the root, as answers.
final class Site implements AutoCloseable {

  private static final String INDEX = "index.html";

  /// How many directories are listed at the same time: each asks the disk thousands of questions.
  static final int MOST_LISTINGS = 4;

  private final FileRuntime runtime;
  private final Path root;
  private final OpenFiles files;
  private final Semaphore listings = new Semaphore(MOST_LISTINGS);

  Site(FileRuntime runtime, Path root, long openFileBytes) {
    this.runtime = runtime;
    this.root = root;
    this.files = new OpenFiles(runtime, root, openFileBytes);
  }

  /// What can be said at once, by an event loop.
  ///
  /// @return empty if somebody has to look
  Optional<Answer> glance(RequestTarget target) {
    RequestTarget file = target.isDirectory() ? target.child(INDEX) : target;
    return files
        .glance(file.relative())
        .map(found -> new Answer.Found(found, ContentTypes.of(file.names().getLast())));
  }

  /// Looks. Waits for the disk, so it is called on a virtual thread.
  Answer look(Look look) throws InterruptedException {
    try {
      return look.target().isDirectory() ? directory(look) : file(look.target());
    } catch (IOException e) {
      return new Answer.Refused(status(e));
    } catch (InvalidPathException _) {
      return new Answer.Refused(HttpResponseStatus.NOT_FOUND); // no name on this system
    } catch (AlreadyClosed _) {
      return new Answer.Refused(HttpResponseStatus.SERVICE_UNAVAILABLE); // it is being shut down
    }
  }

  /// Ends the second in which what was looked at need not be looked at again. May wait.
  void age() {
    files.age();
  }

  /// Gives back what is only kept for the next request. May wait.
  void letGo() {
    files.letGo();
  }

  @Override
  public void close() {
    files.close();
  }

  private Answer file(RequestTarget target) throws IOException, InterruptedException {
    try {
      FileUse file = files.open(target.relative());
      return new Answer.Found(file, ContentTypes.of(target.names().getLast()));
    } catch (IsDirectory _) {
      return new Answer.Elsewhere(new RequestTarget(target.names(), true).uri());
    }
  }

  private Answer directory(Look look) throws IOException, InterruptedException {
    RequestTarget target = look.target();
    try {
      FileUse index = files.open(target.child(INDEX).relative());
      return new Answer.Found(index, ContentTypes.of(INDEX));
    } catch (NotFound | IsDirectory _) {
      return look.isForBody() ? page(look) : head(target);
    }
  }

  /// That there is such a directory is all that has to be known.
  private Answer head(RequestTarget target) throws IOException {
    Listing.open(runtime, root, target.relative()).close();
    return new Answer.Page(Optional.empty());
  }

  private Answer page(Look look) throws IOException, InterruptedException {
    RequestTarget target = look.target();
    listings.acquire();
    try {
      Listing listing = Listing.of(runtime, root, target.relative(), look.isWanted());
      return new Answer.Page(Optional.of(ListingPage.of(target, listing)));
    } finally {
      listings.release();
    }
  }

  /// A file that may not be read is none to others: not even that it is there is said.
  static HttpResponseStatus status(IOException failure) {
    return switch (failure) {
      case MemoryLimitExceeded _, TooManyOpenFiles _, TooManyRegions _ ->
          HttpResponseStatus.SERVICE_UNAVAILABLE;
      case FileException e when isAbsence(e) -> HttpResponseStatus.NOT_FOUND;
      case Unsupported _ -> HttpResponseStatus.NOT_IMPLEMENTED;
      case NoSuchFileException _, AccessDeniedException _ -> HttpResponseStatus.NOT_FOUND;
      default -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
    };
  }

  private static boolean isAbsence(FileException failure) {
    return switch (failure) {
      case NotFound _, IsDirectory _, PermissionDenied _, NotRegularFile _, SymlinkLoop _ -> true;
      default -> false;
    };
  }
}
