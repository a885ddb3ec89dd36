package io.filewright;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.error.OutOfBounds;
import io.filewright.error.TooLarge;
import io.filewright.error.Unsupported;
import io.filewright.event.AdviseEvent;
import io.filewright.event.PrefaultEvent;
import io.filewright.event.RegionCloseEvent;
import io.filewright.internal.portable.PortableErrors;
import io.filewright.internal.region.Comparison;
import io.filewright.internal.region.GuardedAccess;
import io.filewright.internal.region.LeakDetector;
import io.filewright.internal.region.Lifetime;
import io.filewright.internal.region.LineIterator;
import io.filewright.internal.region.RawView;
import io.filewright.internal.region.References;
import io.filewright.internal.region.RegionMemory;
import io.filewright.internal.region.Search;
import io.filewright.internal.region.Utf8;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.Residency;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.Checksum;

/// A file, or a part of it, in memory: read-only.
///
/// Offsets are relative to the region and count bytes; ranges are `[from, to)`. All methods may be
/// called from any thread at once.
///
/// | way in | cost | protected against truncation |
/// |---|---|---|
/// | [#read], [#asString], [#lines], [#indexOf], [#mismatch], [#checksum], [#forEachBlock] | a copy through a buffer | yes |
/// | [#readAsync] | the same, off the calling thread | yes |
/// | [#apply] | none: raw memory | result withheld until checked; no native code, no Vector API |
/// | [#access] | none; a lease of about 20 ns | after [Access#verify], likewise |
/// | [#sharedSegment] | none; a handshake to close | no |
///
/// ## Lifetime
///
/// Whoever opened it closes it. Closing is idempotent, waits for nobody and disturbs no call that
/// is under way: memory and descriptor go when the last call, slice and lease has ended. Later
/// calls throw [AlreadyClosed]. A region that is never closed is counted and reported as a leak.
///
/// ## Failures
///
/// A file that others truncate is [io.filewright.error.Truncated], a device that fails is
/// [io.filewright.error.DeviceFailed]; a range outside the region is [OutOfBounds], unchecked.
///
/// @see AsyncFiles
public class MmapRegion implements AutoCloseable {

  private final RegionParts parts;
  private final RegionMemory memory;
  private final Lifetime lifetime;
  private final References references;
  private final long from;
  private volatile long byteSize;
  private final LeakDetector.Tracked tracked;

  MmapRegion(RegionParts parts) {
    this.parts = parts;
    this.memory = parts.memory();
    this.lifetime = parts.lifetime();
    this.references = new References(memory.path(), lifetime, parts.revocation());
    this.from = parts.from();
    this.byteSize = parts.byteSize();
    this.tracked = parts.services().leaks().track(this, lifetime, memory.path(), parts.site());
  }

  /// The path that the file was opened by; it may have another one by now, or none.
  public final Path path() {
    return memory.path();
  }

  /// Size of the region, in bytes: fixed when it was opened, however the file changes, unless
  /// [WritableRegion#resize] changes it.
  public final long byteSize() {
    return byteSize;
  }

  /// Whether its size is 0.
  public final boolean isEmpty() {
    return byteSize == 0;
  }

  /// Where the region begins in the file, in bytes.
  public final long fileOffset() {
    return memory.fileOffset() + from;
  }

  /// What holds the bytes.
  public final Backing backing() {
    return memory.isCopy() ? Backing.COPIED : Backing.MAPPED;
  }

  /// What protects it; a copy needs no protection whatever was asked for.
  public final Guard guard() {
    return parts.guard();
  }

  /// Whether it has been closed.
  public final boolean isClosed() {
    return lifetime.isClosed();
  }

  /// Reads into the target, as much as fits and the region has from there on.
  ///
  /// Blocks while the disk works if pages are not in memory; an event loop uses [#readAsync].
  ///
  /// @return the number of bytes read; 0 only at the end of the region or for an empty target
  /// @throws IllegalArgumentException if the target is read-only
  public final long read(long byteOffset, MemorySegment target) throws FileException {
    return using(
        "read",
        () -> {
          checkWritable(target);
          long size = readable(byteOffset, target.byteSize());
          memory.read(from + byteOffset, target.asSlice(0, size));
          return size;
        });
  }

  /// Reads into a buffer, from its position on, and moves the position behind what was read.
  ///
  /// @return the number of bytes read
  public final int read(long byteOffset, ByteBuffer target) throws FileException {
    int count = (int) read(byteOffset, MemorySegment.ofBuffer(target));
    target.position(target.position() + count);
    return count;
  }

  /// Reads without blocking the caller, whatever is in memory.
  ///
  /// @param target memory of a shared, automatic or global arena, or on the heap; must stay alive
  ///   until the future completes
  /// @return completes with the number of bytes read; cancelling it does not stop the read
  /// @throws IllegalArgumentException if the target is read-only
  public final CompletableFuture<Long> readAsync(long byteOffset, MemorySegment target) {
    return transfer(
        "readAsync",
        byteOffset,
        target,
        size -> {
          checkWritable(target);
          return memory.readAsync(from + byteOffset, target.asSlice(0, size));
        });
  }

  /// All bytes, copied to the heap.
  ///
  /// @throws TooLarge if they do not fit in an array
  public final byte[] toByteArray() throws FileException {
    return using("toByteArray", () -> bytes("toByteArray", 0, byteSize));
  }

  /// All bytes as UTF-8, strictly.
  ///
  /// @throws io.filewright.error.InvalidUtf8 with the offset of the first malformed sequence
  public final String asString() throws FileException {
    return using("asString", () -> asString(0, byteSize));
  }

  /// The bytes `[from, to)` as UTF-8, strictly.
  ///
  /// @throws io.filewright.error.InvalidUtf8 with the offset of the first malformed sequence
  public final String asString(long from, long to) throws FileException {
    byte[] bytes = using("asString", () -> bytes("asString", from, to));
    return Utf8.decode(bytes, 0, bytes.length, path(), fileOffset() + from);
  }

  /// The longest line that [#lines()] reads, in bytes without its end: 64 MiB.
  public static final long MAX_LINE_BYTES = 64L << 20;

  /// The lines as strict UTF-8, without their ends (LF or CRLF). A last line without an end counts,
  /// an empty one after the last end does not.
  ///
  /// A line of more than [#MAX_LINE_BYTES] is a [TooLarge] with the offset at which it begins.
  ///
  /// @return a stream to be closed unless it is read to its end; it keeps the region's memory alive
  ///   until then. Failures reach its user as [java.io.UncheckedIOException] with a [FileException]
  ///   inside
  public final Stream<String> lines() {
    return lines(MAX_LINE_BYTES);
  }

  /// The same with another limit on a line's bytes, not counting its end. While a line is read it
  /// takes up to five times its size of the heap; one of 2 GiB is too long for any limit.
  public final Stream<String> lines(long maxLineBytes) {
    if (maxLineBytes < 0) {
      throw new IllegalArgumentException("maxLineBytes: " + maxLineBytes);
    }
    Lifetime view = holding("lines", () -> new Lifetime(lifetime::release));
    var lines =
        new LineIterator(memory, from, from + byteSize, maxLineBytes, view, parts.revocation());
    parts.revocation().follow(view);
    var watch = parts.services().leaks().track(lines, view, path(), LeakDetector.openingSite());
    int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, traits), false)
        .onClose(
            () -> {
              view.close();
              watch.closed();
            });
  }

  /// The first place, from an offset on, at which all of the bytes stand, or -1.
  public final long indexOf(byte[] bytes, long fromOffset) throws FileException {
    return using(
        "indexOf",
        () -> {
          OutOfBounds.checkRange(fromOffset, byteSize, byteSize);
          long found = Search.indexOf(memory, bytes, from + fromOffset, from + byteSize);
          return found < 0 ? -1 : found - from;
        });
  }

  /// The first offset at which two regions differ, or -1 if they are equal. If one is the beginning
  /// of the other, that is the shorter one's size.
  public final long mismatch(MmapRegion other) throws FileException {
    return using("mismatch", () -> other.using("mismatch", () -> mismatchHeld(other)));
  }

  /// Shows all bytes in order, block by block, in native memory that cannot fault while it is
  /// looked at: for whatever computes in one pass, native code and the Vector API included.
  public final void forEachBlock(BlockVisitor visitor) throws FileException {
    forEachBlock("forEachBlock", visitor);
  }

  /// Feeds all bytes to a checksum, such as [java.util.zip.CRC32C], and returns its value.
  public final long checksum(Checksum checksum) throws FileException {
    forEachBlock(
        "checksum",
        (block, _) -> {
          checksum.update(block.asByteBuffer());
          return true;
        });
    return checksum.getValue();
  }

  /// Feeds all bytes to a message digest, such as SHA-256, and returns the digest.
  public final byte[] digest(MessageDigest digest) throws FileException {
    forEachBlock(
        "digest",
        (block, _) -> {
          digest.update(block.asByteBuffer());
          return true;
        });
    return digest.digest();
  }

  /// The region cut into slices of a size, the last one perhaps smaller. Each is opened when it is
  /// reached, and closed by whoever got it:
  ///
  /// ```java
  /// for (MmapRegion chunk : region.chunks(1 << 20)) {
  ///   try (chunk) { ... }
  /// }
  /// ```
  public final Iterable<MmapRegion> chunks(long chunkSize) {
    if (chunkSize < 1) {
      throw new IllegalArgumentException("chunkSize: " + chunkSize);
    }
    return () -> new RegionChunks(this, chunkSize);
  }

  /// Runs a function over the raw memory, without a copy: the normal door to it.
  ///
  /// The result is withheld until it is known that the file was whole all along; a fault becomes
  /// [io.filewright.error.Truncated] or [io.filewright.error.DeviceFailed]. What the function does
  /// besides returning a result may have been done on junk. Do not hand the segment to native code,
  /// to `java.util.zip`, to the Vector API or to [MemorySegment#mismatch] (nor a buffer over it to
  /// `equals`, `compareTo` and `mismatch` of its own) unless nobody can truncate the file.
  ///
  /// @param function gets the whole region as a read-only segment that is dead afterwards; with the
  ///   engine `portable` it lives as long as the region's memory, so it must not be kept either
  public final <T> T apply(SegmentFunction<T> function) throws FileException {
    return using(
        "apply",
        () ->
            GuardedAccess.apply(memory, RawView.READ_ONLY, from, from + byteSize, function::apply));
  }

  /// The bytes `[from, to)` as a region of their own, which holds a reference on this one's memory:
  /// used and closed on any thread, before or after this one is closed.
  @MustBeClosed
  public final MmapRegion slice(long from, long to) {
    return holding(
        "slice",
        () -> {
          OutOfBounds.checkRange(from, to, byteSize);
          var view = new Lifetime(lifetime::release);
          var slice =
              new MmapRegion(
                  new RegionParts(
                      memory,
                      view,
                      this.from + from,
                      to - from,
                      parts.guard(),
                      parts.revocation(),
                      parts.services(),
                      LeakDetector.openingSite()));
          parts.revocation().follow(view);
          return slice;
        });
  }

  /// A lease of the raw memory for the calling thread, to be closed by it.
  @MustBeClosed
  public final Access access() {
    return access("access", RawView.READ_ONLY);
  }

  /// The raw memory for any number of threads, to be closed.
  @MustBeClosed
  public final SharedSegment sharedSegment() {
    return holding(
        "sharedSegment", () -> new SharedSegment(memory, lifetime, from, from + byteSize));
  }

  /// A channel of its own, for reading, on the file that the region is of, whatever its path means
  /// by now: for what only channels can do, such as `sendfile`. It is no part of the region, whose
  /// guard does not protect it, and is closed by the caller. Opening it may wait for the disk.
  ///
  /// @throws Unsupported if the region is a copy or differs from the file, or if this platform does
  ///   not open a file by its descriptor
  public final FileChannel openChannel() throws FileException {
    return using("openChannel", this::newChannel);
  }

  private FileChannel newChannel() throws FileException {
    Path alias =
        memory
            .alias()
            .orElseThrow(
                () ->
                    new Unsupported(
                        FailureDetails.of(
                            path(),
                            "openChannel",
                            "the region's bytes cannot be reached as a file",
                            "Read the region instead")));
    try {
      return FileChannel.open(alias, StandardOpenOption.READ);
    } catch (IOException e) {
      throw PortableErrors.typed(path(), "openChannel", e);
    }
  }

  /// Tells the kernel how the region is going to be used.
  ///
  /// @return whether the kernel took the hint; never an error because it does not know it
  public final AdviceResult advise(MmapAdvice advice) throws FileException {
    return advise(advice, 0, byteSize);
  }

  /// The same for the bytes `[from, to)`, which are rounded outwards to pages.
  public final AdviceResult advise(MmapAdvice advice, long from, long to) throws FileException {
    return using(
        "advise",
        () -> {
          OutOfBounds.checkRange(from, to, byteSize);
          var event = new AdviseEvent();
          event.begin();
          AdviceResult result =
              memory.mapping().advise(this.from + from, to - from, advice.cacheAdvice());
          if (event.shouldCommit()) {
            event.path = path().toString();
            event.advice = advice.name();
            event.byteOffset = from;
            event.byteSize = to - from;
            event.applied = result.isApplied();
            event.commit();
          }
          return result;
        });
  }

  /// Whether the kernel takes a hint for this region. Changes nothing.
  public final boolean supports(MmapAdvice advice) throws FileException {
    return using(
        "supports", () -> memory.mapping().advise(from, 0, advice.cacheAdvice()).isApplied());
  }

  /// Which pages are in memory now; [not known][Residency#isKnown] if the system does not tell this
  /// process, as Linux does not of a file that it neither owns nor may write.
  public final Residency residency() throws FileException {
    return residency(0, byteSize);
  }

  /// Whether all pages of `[from, to)` are known to be in memory now.
  public final boolean isResident(long from, long to) throws FileException {
    return residency(from, to).isComplete();
  }

  /// Brings the bytes `[from, to)` into memory, off the calling thread.
  ///
  /// @return completes when they are in; cancelling it stops the work between two chunks
  public final CompletableFuture<Void> prefetch(long from, long to) {
    var event = new PrefaultEvent();
    event.begin();
    var stop = new CompletableFuture<Void>();
    var populate =
        holding(
            "prefetch",
            () -> {
              OutOfBounds.checkRange(from, to, byteSize);
              return memory
                  .mapping()
                  .populateAsync(this.from + from, to - from, _ -> !stop.isDone());
            });
    var work =
        populate.whenComplete(
            (_, error) -> {
              lifetime.release();
              if (error == null) {
                parts.services().counters().prefaultedBytes.add(to - from);
                event.path = path().toString();
                event.byteOffset = from;
                event.byteSize = to - from;
                event.commit();
              }
            });
    CompletableFuture<Void> result = parts.services().handOut(work);
    var _ = result.whenComplete((_, _) -> stop.complete(null));
    return result;
  }

  /// Ends the region: idempotent, never waits, safe while other threads read.
  @Override
  public final void close() {
    if (lifetime.close()) {
      tracked.closed();
      var event = new RegionCloseEvent();
      if (event.shouldCommit()) {
        event.path = path().toString();
        event.references = lifetime.references();
        event.commit();
      }
    }
  }

  @Override
  public final String toString() {
    return "Region [%s] of %d bytes at %d, %s%s"
        .formatted(
            FailureDetails.printable(path()),
            byteSize,
            fileOffset(),
            backing(),
            isClosed() ? ", closed" : "");
  }

  RegionMemory memory() {
    return memory;
  }

  Lifetime lifetime() {
    return lifetime;
  }

  RegionParts.Services services() {
    return parts.services();
  }

  /// Why it ended before it was closed, if it did.
  Optional<InUse> takenAway(String operation) {
    return parts.revocation().reason(path(), operation);
  }

  /// Called while nobody else uses the region.
  void becomes(long newByteSize) {
    byteSize = newByteSize;
  }

  /// See [References#using].
  <T> T using(String operation, References.Use<T> use) throws FileException {
    return references.using(operation, use);
  }

  /// See [References#holding].
  <T> T holding(String operation, Supplier<T> beginning) {
    return references.holding(operation, beginning);
  }

  /// Moves bytes between the region and memory of the caller's, as many as fit, without blocking.
  CompletableFuture<Long> transfer(
      String operation,
      long byteOffset,
      MemorySegment memory,
      LongFunction<CompletionStage<Void>> transfer) {
    var size = new long[1];
    var stage =
        holding(
            operation,
            () -> {
              size[0] = readable(byteOffset, memory.byteSize());
              return transfer.apply(size[0]);
            });
    return parts
        .services()
        .handOut(stage.whenComplete((_, _) -> lifetime.release()).thenApply(_ -> size[0]));
  }

  Access access(String operation, RawView view) {
    return holding(operation, () -> new Access(memory, view, lifetime, from, from + byteSize));
  }

  /// The system's calls would not notice.
  private static void checkWritable(MemorySegment target) {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("The target is read-only: " + target);
    }
  }

  private long readable(long byteOffset, long wanted) {
    OutOfBounds.checkOffset(byteOffset, byteSize);
    return Math.min(wanted, byteSize - byteOffset);
  }

  /// Called while a reference is held, so that the size stays.
  private byte[] bytes(String operation, long from, long to) throws FileException {
    OutOfBounds.checkRange(from, to, byteSize);
    if (to - from > Integer.MAX_VALUE - 8) {
      throw new TooLarge(
          FailureDetails.of(
                  path(),
                  operation,
                  "an array or string holds less than 2 GiB",
                  "Use slices, chunks, lines or apply")
              .withRange(from, to - from));
    }
    var bytes = new byte[(int) (to - from)];
    memory.read(this.from + from, MemorySegment.ofArray(bytes));
    return bytes;
  }

  private Residency residency(long from, long to) throws FileException {
    return using(
        "residency",
        () -> {
          OutOfBounds.checkRange(from, to, byteSize);
          return memory.mapping().residency(this.from + from, to - from);
        });
  }

  private void forEachBlock(String operation, BlockVisitor visitor) throws FileException {
    using(
        operation,
        () -> {
          memory.forEachBlock(
              from,
              from + byteSize,
              (block, offset) -> visitor.visit(block.asReadOnly(), offset - from));
          return true;
        });
  }

  private long mismatchHeld(MmapRegion other) throws FileException {
    long mine = byteSize;
    long others = other.byteSize;
    long common = Math.min(mine, others);
    long found = Comparison.mismatch(memory, from, from + common, other.memory, other.from);
    if (found >= 0) {
      return found - from;
    }
    return mine == others ? -1 : common;
  }
}
