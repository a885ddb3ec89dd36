package io.filewright.server;

import io.filewright.FileRuntime;
import io.filewright.FileSource;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import io.filewright.netty.RegionBuffers;
import io.filewright.netty.RegionChannel;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedFile;
import io.filewright.spi.SymlinkPolicy;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// An open file with what is said about it. Safe for any threads.
final class ServedFile implements AutoCloseable {

  /// What a file counts for that is not held in memory: two descriptors, a mapping, objects.
  private static final long OPEN_FILE_BYTES = 64 << 10;

  /// Up to this size a file's content is held in memory and copied to the socket; a larger one is
  /// sent by the kernel.
  private static final long MOST_CONTENT_BYTES = 64 << 10;

  private static final OpenOptions<MmapRegion> MAPPED =
      OpenOptions.readOnly().withPrefault(Prefault.NONE);

  private final MmapRegion region;
  private final Instant modified;
  private final String lastModified;
  private final String entityTag;
  private final Optional<ByteBuf> content;
  private final Optional<RegionChannel> channel;

  private ServedFile(MmapRegion region, Stamp stamp) throws FileException {
    this.region = region;
    this.modified = stamp.modified;
    this.lastModified = HttpDate.of(stamp.modified);
    this.entityTag = stamp.entityTag();
    if (RegionBuffers.isPossible(region)) {
      try (var buffers = RegionBuffers.of(region)) {
        this.content = Optional.of(buffers.buffer(0, region.byteSize()));
      }
      this.channel = Optional.empty();
    } else {
      this.content = Optional.empty();
      this.channel = channel(region);
    }
  }

  /// What tells one version of a file from the next.
  private record Stamp(long inode, Instant modified, long byteSize) {

    String entityTag() {
      return "\"%x-%x.%x-%x\""
          .formatted(inode, modified.getEpochSecond(), modified.getNano(), byteSize);
    }
  }

  /// Opens a file beneath a root: a small one is read, a larger one mapped. Called on a virtual
  /// thread, which waits.
  ///
  /// @param relative its path beneath the root
  @SuppressWarnings("MustBeClosed") // with the file
  static ServedFile open(FileRuntime runtime, Path root, String relative) throws IOException {
    var request =
        new OpenRequest(
            root.resolve(relative), OpenIntent.READ, SymlinkPolicy.FOLLOW, Optional.of(root));
    OpenedFile opened = join(runtime.engine().open(request, () -> true));
    try (var source = new Handover(opened)) {
      Stamp stamp = stamp(opened);
      OpenOptions<MmapRegion> options =
          stamp.byteSize <= MOST_CONTENT_BYTES ? OpenOptions.readOnly() : MAPPED;
      MmapRegion region = join(runtime.open(source, options).toCompletableFuture());
      boolean done = false;
      try {
        var file = new ServedFile(region, stamp);
        done = true;
        return file;
      } finally {
        if (!done) {
          region.close();
        }
      }
    }
  }

  MmapRegion region() {
    return region;
  }

  long byteSize() {
    return region.byteSize();
  }

  Instant modified() {
    return modified;
  }

  /// The same as HTTP writes it.
  String lastModified() {
    return lastModified;
  }

  String entityTag() {
    return entityTag;
  }

  /// All of it, if it is held in memory; not to be released.
  Optional<ByteBuf> content() {
    return content;
  }

  /// The file for the kernel to send, if it can be had.
  Optional<RegionChannel> channel() {
    return channel;
  }

  /// Whether the file is as long as it was when it was opened, as far as it matters: of one that is
  /// held in memory nobody can take anything away.
  boolean hasItsSize() {
    return channel.isEmpty() || channel.get().fileSize().orElse(-1) == byteSize();
  }

  /// What it counts for while it is kept open.
  long weight() {
    return content.isPresent() ? byteSize() + 4_096 : OPEN_FILE_BYTES;
  }

  /// Called once, when nobody uses it any more.
  @Override
  public void close() {
    content.ifPresent(ByteBuf::release);
    channel.ifPresent(RegionChannel::release);
    region.close();
  }

  private static Stamp stamp(OpenedFile file) throws IOException {
    Path path = file.alias().orElse(file.path());
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Instant modified = attributes.lastModifiedTime().toInstant();
    return new Stamp(file.identity().inode(), modified, file.size());
  }

  private static Optional<RegionChannel> channel(MmapRegion region) throws FileException {
    try {
      return Optional.of(RegionChannel.open(region));
    } catch (Unsupported _) {
      return Optional.empty(); // then it is read
    }
  }

  private static <T> T join(CompletionStage<T> stage) throws IOException {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /// An open file on its way to a region.
  private static final class Handover implements FileSource {

    private final OpenedFile file;
    private boolean taken;

    Handover(OpenedFile file) {
      this.file = file;
    }

    @Override
    public Path path() {
      return file.path();
    }

    @Override
    public synchronized OpenedFile take() {
      if (taken) {
        throw new IllegalStateException("handed over before");
      }
      taken = true;
      return file;
    }

    /// Nothing was written, so a failure tells nothing.
    @Override
    public synchronized void close() {
      if (!taken) {
        taken = true;
        try {
          file.close();
        } catch (FileException _) {
          // See above.
        }
      }
    }
  }
}
