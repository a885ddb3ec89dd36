package io.filewright.server;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.FileException;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedDirectory;
import io.filewright.spi.Residency;
import io.filewright.spi.SymlinkPolicy;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What a directory contains, as far as it is served: regular files and directories. Links are left
/// out: what they lead to would have to be opened to tell. So are names that cannot be asked for.
///
/// @param entries directories first, then by name
/// @param isCut whether there are more than [#MOST_ENTRIES]; which of them are here is up to the
///   file system
record Listing(List<Entry> entries, boolean isCut) {

  /// Longer listings are cut.
  static final int MOST_ENTRIES = 10_000;

  /// How many files are opened to ask what of them is in memory.
  static final int MOST_RESIDENCIES = 256;

  private static final OpenOptions<MmapRegion> MAPPED =
      OpenOptions.readOnly().withPrefault(Prefault.NONE).withSymlinks(SymlinkPolicy.REFUSE_FINAL);

  Listing {
    entries = List.copyOf(entries);
  }

  /// One of them.
  ///
  /// @param byteSize 0 for a directory
  /// @param residency what of it is in memory; empty for a directory, an empty file, one that was
  ///   not asked, and one of which the system does not tell it
  record Entry(
      String name,
      boolean isDirectory,
      long byteSize,
      Instant modified,
      Optional<Residency> residency) {}

  /// Opens a directory beneath a root.
  ///
  /// @return closed by the caller
  static OpenedDirectory open(FileRuntime runtime, Path root, String relative)
      throws FileException {
    return runtime
        .engine()
        .openDirectory(
            new OpenRequest(
                root.resolve(relative), OpenIntent.READ, SymlinkPolicy.FOLLOW, Optional.of(root)));
  }

  /// Looks at a directory beneath a root. Called on a virtual thread, which waits.
  ///
  /// @param isWanted asked before each entry; a listing that nobody wants any more is cut
  static Listing of(FileRuntime runtime, Path root, String relative, BooleanSupplier isWanted)
      throws IOException {
    var entries = new ArrayList<Entry>();
    boolean isCut = false;
    try (var directory = open(runtime, root, relative);
        var names = Files.newDirectoryStream(directory.path())) {
      int asked = 0;
      for (Path path : names) {
        if (!isWanted.getAsBoolean()) {
          isCut = true;
          break;
        }
        Optional<Entry> entry = entry(path);
        if (entry.isPresent() && entries.size() == MOST_ENTRIES) {
          isCut = true;
          break;
        }
        if (entry.isPresent() && entry.get().byteSize() > 0 && asked < MOST_RESIDENCIES) {
          asked++;
          entry = entry.map(found -> withResidency(runtime, path, found));
        }
        entry.ifPresent(entries::add);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing(Entry::isDirectory).reversed().thenComparing(Entry::name));
    return new Listing(entries, isCut);
  }

  private static Optional<Entry> entry(Path path) {
    String name = path.getFileName().toString();
    if (!RequestTarget.isServed(name) || !isText(path, name)) {
      return Optional.empty();
    }
    try {
      var attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isDirectory() && !attributes.isRegularFile()) {
        return Optional.empty();
      }
      return Optional.of(
          new Entry(
              name,
              attributes.isDirectory(),
              attributes.isDirectory() ? 0 : attributes.size(),
              attributes.lastModifiedTime().toInstant(),
              Optional.empty()));
    } catch (IOException _) {
      return Optional.empty(); // it has just gone
    }
  }

  /// Whether a name leads back to the file: one that is not UTF-8 has lost bytes as text.
  private static boolean isText(Path path, String name) {
    return path.resolveSibling(name).equals(path);
  }

  /// The directory is held, so its path leads to this very file or to none.
  private static Entry withResidency(FileRuntime runtime, Path path, Entry entry) {
    try (var handle = runtime.open(path, MAPPED)) {
      var residency = Optional.of(handle.await().residency()).filter(Residency::isKnown);
      return new Entry(entry.name, false, entry.byteSize, entry.modified, residency);
    } catch (FileException | AlreadyClosed _) {
      return entry;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return entry;
    }
  }
}
