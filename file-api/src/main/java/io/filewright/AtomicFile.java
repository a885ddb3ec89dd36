package io.filewright;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.NoSpace;
import io.filewright.internal.atomic.Publication;
import io.filewright.internal.atomic.Sweeper;
import io.filewright.internal.atomic.Target;
import io.filewright.internal.atomic.Temporary;
import io.filewright.internal.portable.PortableErrors;
import io.filewright.spi.Engine;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedDirectory;
import io.filewright.spi.OpenedFile;
import io.filewright.spi.SymlinkPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// New content for a file, all or nothing: whoever looks sees the old content or the new one, also
/// after a crash or a power cut. When [#commit] has returned, the new one is there for good.
///
/// ```
///   replacing ──> write ... ──> commit ──> close     the new content
///       └───────────┴─────────────┴──────> close     the old content
/// ```
///
/// The bytes go to a temporary beside the target, `.<name>.<16 digits>.filewright`, which only the
/// owner can read. `commit` brings them to the disk, gives them the target's permissions and name,
/// and brings the directory to the disk. [#close] without a commit removes the temporary. What a
/// killed process left is removed by the next who writes in the same directory, and by [#sweep].
///
/// A target that is a symbolic link stays one: the file behind it is replaced. The target becomes a
/// new file that belongs to this process' user: hard links to the old one keep the old content, and
/// extended attributes and access control lists are not carried over.
///
/// The first failure of a write or a commit stays: everything but `close` then throws that same
/// exception. Methods do their work on the calling thread, wait for the disk, and are not disturbed
/// by interrupts, which stay pending; [#copyFrom] alone is ended by one. An object can be used by
/// any threads; they take turns.
public final class AtomicFile implements AutoCloseable {

  private final Target target;
  private final Publication publication;
  private final Temporary temporary;
  private final ReentrantLock turn = new ReentrantLock();

  /// Held while a sync is under way, or all is brought to its end; taken before a turn.
  private final ReentrantLock syncing = new ReentrantLock();

  /// Kept open until the end: closing any descriptor of a file ends its POSIX locks.
  private @Nullable OpenedFile allocator;

  private long byteSize;
  private @Nullable FileException failure;
  private boolean finished;

  private AtomicFile(Target target, Publication publication) throws FileException {
    this.target = target;
    this.publication = publication;
    Sweeper.sweepFor(target);
    this.temporary = Temporary.beside(target);
  }

  /// Begins new content for a file that may exist or not.
  ///
  /// @throws FileException if it is not a regular file, or its directory cannot take a temporary
  @MustBeClosed
  public static AtomicFile replacing(Path target) throws FileException {
    return new AtomicFile(Target.following(target), Publication.REPLACE);
  }

  /// Begins a file that must not exist, neither now nor at the commit: nothing is ever replaced.
  ///
  /// @throws FileException if there is something of this name, even a link that leads nowhere, or
  ///   its directory cannot take a temporary
  @MustBeClosed
  public static AtomicFile creating(Path target) throws FileException {
    return new AtomicFile(Target.absent(target), Publication.CREATE);
  }

  /// The same in a directory that is held open, whatever its name means by now. A link of the
  /// file's name is refused, and one that takes the name later is replaced, never followed.
  ///
  /// @param held stays open until this is closed; the caller closes it
  /// @param target for its last name, and for messages
  @MustBeClosed
  public static AtomicFile replacing(OpenedDirectory held, Path target) throws FileException {
    return new AtomicFile(Target.replaced(held.path(), target), Publication.REPLACE);
  }

  /// Begins a file that must not exist in a directory that is held open.
  ///
  /// @param held stays open until this is closed; the caller closes it
  /// @param target for its last name, and for messages
  @MustBeClosed
  public static AtomicFile creating(OpenedDirectory held, Path target) throws FileException {
    return new AtomicFile(Target.absent(held.path(), target), Publication.CREATE);
  }

  /// Replaces a file by some bytes; durable when it returns.
  public static void write(Path target, byte[] content) throws FileException {
    replace(target, file -> file.write(ByteBuffer.wrap(content)));
  }

  /// Replaces a file by what a function writes; durable when it returns. If the function throws,
  /// the file stays as it was.
  public static void replace(Path target, Content content) throws FileException {
    try (AtomicFile file = replacing(target)) {
      content.writeTo(file);
      file.commit();
    }
  }

  /// Removes the temporaries of processes that are gone from a directory, not from those below it.
  /// Where the file system has no locks nothing is removed, as nobody can tell which they are.
  ///
  /// @return how many it removed
  public static int sweep(Path directory) throws FileException {
    try {
      return Sweeper.sweep(directory);
    } catch (IOException e) {
      throw PortableErrors.typed(directory, "sweep", e);
    }
  }

  /// What is to be in the file.
  @FunctionalInterface
  public interface Content {

    /// Writes it, but does not commit.
    void writeTo(AtomicFile file) throws FileException;
  }

  /// The file to be written, as the caller named it.
  public Path target() {
    return target.named();
  }

  /// How many bytes have been written so far.
  public long byteSize() {
    turn.lock();
    try {
      return byteSize;
    } finally {
      turn.unlock();
    }
  }

  /// Reserves space on the disk for content of a size that is expected, so that a full disk is
  /// known before anything is written. What is not filled is cut off by the commit. Where the file
  /// system cannot reserve, and with the portable engine, zeros are written: that much more work. A
  /// failure changes nothing; what is written after it goes on.
  ///
  /// @param engine reserves it
  /// @param expectedBytes of all the content, at least 1
  /// @throws NoSpace if the disk has no room for it
  /// @throws io.filewright.error.Unsupported if nothing can be reserved here
  public void allocate(Engine engine, long expectedBytes) throws FileException {
    if (expectedBytes < 1) {
      throw new IllegalArgumentException("expectedBytes: " + expectedBytes);
    }
    turn.lock();
    try {
      requireUsable();
      if (allocator == null) {
        allocator =
            engine.openNow(
                new OpenRequest(
                    temporary.path(), OpenIntent.UPDATE, SymlinkPolicy.FOLLOW, Optional.empty()));
      }
      allocator.allocate(0, expectedBytes);
      temporary.allocated(expectedBytes);
    } catch (NoSpace e) {
      throw noRoom(expectedBytes, e);
    } finally {
      turn.unlock();
    }
  }

  /// Brings to the disk what has been written so far, but for the last 64 KiB at most, so that the
  /// commit has less to wait for. Other threads may write meanwhile; a commit or a close of theirs
  /// waits until this has ended. A failure stays like that of a write: the kernel tells of a lost
  /// write only once, and the commit's own sync would succeed.
  public void sync() throws FileException {
    syncing.lock();
    try {
      turn.lock();
      try {
        requireUsable();
      } finally {
        turn.unlock();
      }
      temporary.sync();
    } catch (FileException e) {
      turn.lock();
      try {
        failure = failure == null ? e : failure;
      } finally {
        turn.unlock();
      }
      throw e;
    } finally {
      syncing.unlock();
    }
  }

  /// Adds all that remains in a buffer.
  public void write(ByteBuffer source) throws FileException {
    int count = source.remaining();
    run(
        () -> {
          temporary.append(source);
          byteSize += count;
        });
  }

  /// Adds all of a segment.
  public void write(MemorySegment source) throws FileException {
    run(
        () -> {
          temporary.append(source);
          byteSize += source.byteSize();
        });
  }

  /// Adds a part of another file. The kernel copies where it can (`copy_file_range(2)`), and shares
  /// the blocks where the file system can; so the bytes need not come into memory.
  ///
  /// @param source open for reading; its position does not matter
  /// @return how many bytes were added; fewer only if the source ends before
  /// @throws io.filewright.error.Cancelled if the thread is interrupted, which stays pending: the
  ///   JDK closes the source then, and this has to be begun again
  /// @throws IllegalArgumentException if the source is closed, or a number negative
  public long copyFrom(FileChannel source, long byteOffset, long size) throws FileException {
    if (byteOffset < 0 || size < 0) {
      throw new IllegalArgumentException("byteOffset: " + byteOffset + ", size: " + size);
    }
    if (!source.isOpen()) {
      throw new IllegalArgumentException("The source is closed.");
    }
    var added = new AtomicLong();
    run(
        () -> {
          added.set(temporary.copy(source, byteOffset, size));
          byteSize += added.get();
        });
    return added.get();
  }

  /// Reads back what has been written so far, for who wants to compare it before the commit.
  ///
  /// @param target filled from its position on
  /// @return how many bytes; fewer than fit only at the end of what has been written
  /// @throws IllegalArgumentException if the offset is negative, or the buffer read-only
  public int read(long byteOffset, ByteBuffer target) throws FileException {
    if (byteOffset < 0 || target.isReadOnly()) {
      throw new IllegalArgumentException("byteOffset: " + byteOffset + ", target: " + target);
    }
    var count = new AtomicInteger();
    run(() -> count.set(temporary.read(byteOffset, target)));
    return count.get();
  }

  /// A stream that adds to this file. It gathers small writes already; closing it does nothing but
  /// end its use. Its failures are [FileException]s.
  public OutputStream outputStream() {
    return new AtomicFileStream(this);
  }

  /// Puts the new content in the target's place. When this returns it survives a crash and a power
  /// cut; when it throws, the target is what it was before, unless the message says that only the
  /// last step failed.
  ///
  /// @throws io.filewright.error.AlreadyExists if something has the name of a file that was to be
  ///   created
  public void commit() throws FileException {
    syncing.lock();
    try {
      run(
          () -> {
            publication.publish(target, temporary);
            finished = true;
            temporary.release();
            releaseAllocator();
          });
    } finally {
      syncing.unlock();
    }
  }

  /// Ends this. Without a commit the temporary is removed and the target stays. Idempotent.
  ///
  /// @throws FileException if the temporary cannot be removed
  @Override
  public void close() throws FileException {
    syncing.lock();
    turn.lock();
    try {
      if (!finished) {
        finished = true;
        temporary.close();
      }
    } finally {
      releaseAllocator();
      turn.unlock();
      syncing.unlock();
    }
  }

  private interface Step {
    void run() throws FileException;
  }

  private void run(Step step) throws FileException {
    turn.lock();
    try {
      requireUsable();
      boolean done = false;
      try {
        step.run();
        done = true;
      } catch (FileException e) {
        failure = e;
        throw e;
      } finally {
        if (!done && failure == null) {
          failure = brokenOff();
        }
      }
    } finally {
      turn.unlock();
    }
  }

  /// What it reserved is there or not wanted, so a failure tells nothing.
  private void releaseAllocator() {
    try {
      if (allocator != null) {
        allocator.close();
      }
    } catch (FileException _) {
      // See above.
    } finally {
      allocator = null;
    }
  }

  private NoSpace noRoom(long expectedBytes, NoSpace cause) {
    return new NoSpace(
        FailureDetails.of(
                target(),
                "allocate",
                "the disk has no room for the content that is expected",
                "Make room on the disk")
            .withRange(0, expectedBytes),
        cause);
  }

  private void requireUsable() throws FileException {
    if (finished) {
      throw new AlreadyClosed("AtomicFile [" + FailureDetails.printable(target()) + "]");
    }
    if (failure != null) {
      throw failure;
    }
  }

  /// What is left of a write that ended by a mistake of the program, such as a closed arena.
  private FileException brokenOff() {
    return new DeviceFailed(
        FailureDetails.of(
            target(), "write", "an earlier write broke off in its middle", "Write it all again"));
  }
}
