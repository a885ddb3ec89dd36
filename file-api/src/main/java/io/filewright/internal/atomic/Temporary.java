package io.filewright.internal.atomic;

import io.filewright.error.Cancelled;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.internal.portable.PortableErrors;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file beside the target that takes the new content. As long as it is open it is locked, where
/// the file system has locks, which tells others that it is not stale. Not thread-safe.
public final class Temporary implements AutoCloseable {

  /// No sweeper is that quick, and no hash that unlucky.
  private static final int MAX_ATTEMPTS = 16;

  /// Smaller writes are gathered.
  private static final int BUFFER_BYTES = 64 << 10;

  /// The most for one system call: the JDK keeps a copy outside the heap of what it writes from it.
  private static final int CHUNK_BYTES = 256 << 10;

  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final Target target;
  private final Path path;
  private final AsynchronousFileChannel channel;
  private final Permissions permissions;
  private ByteBuffer gathered = ByteBuffer.allocate(0);
  private long writtenBytes;
  private @Nullable FileChannel copying;
  private long allocatedBytes;

  private Temporary(
      Target target, Path path, AsynchronousFileChannel channel, Permissions permissions) {
    this.target = target;
    this.path = path;
    this.channel = channel;
    this.permissions = permissions;
  }

  /// Creates an empty one.
  public static Temporary beside(Target target) throws FileException {
    try {
      for (int i = 0; i < MAX_ATTEMPTS; i++) {
        Optional<Temporary> made = create(target);
        if (made.isPresent()) {
          return made.get();
        }
      }
    } catch (IOException e) {
      throw PortableErrors.typed(target.named(), Target.OPEN, e);
    }
    throw new InUse(
        FailureDetails.of(
            target.named(),
            Target.OPEN,
            "its temporaries are removed as soon as they are made",
            "Check what else removes files from its directory"));
  }

  private static Optional<Temporary> create(Target target) throws IOException {
    Path path = target.directory().resolve(TemporaryName.fresh(target.name().toString()));
    AsynchronousFileChannel channel;
    try {
      channel = Channels.open(path, CREATE, Permissions.creating(target.exists()));
    } catch (FileAlreadyExistsException _) {
      return Optional.empty();
    }
    boolean done = false;
    try {
      if (!locked(channel)) {
        return Optional.empty();
      }
      var made = new Temporary(target, path, channel, Permissions.closed(path));
      done = true;
      return Optional.of(made);
    } catch (NoSuchFileException _) {
      return Optional.empty(); // a sweeper came before the lock
    } finally {
      if (!done) {
        var _ = Files.deleteIfExists(path);
        channel.close();
      }
    }
  }

  /// If it cannot be locked, a sweeper has locked it to remove it.
  private static boolean locked(AsynchronousFileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException _) {
      return true; // without locks there are no sweepers
    }
  }

  /// Where it is.
  public Path path() {
    return path;
  }

  /// Takes note that it is longer than what will have been written; the rest is cut off in the end.
  public void allocated(long byteSize) {
    allocatedBytes = Math.max(allocatedBytes, byteSize);
  }

  /// Brings what has been written, but not what is gathered, to the disk. May be called while
  /// another thread is at something else.
  public void sync() throws FileException {
    force(false);
  }

  /// Adds all that remains in a buffer.
  public void append(ByteBuffer source) throws FileException {
    if (source.remaining() <= gathered.remaining()) {
      var _ = gathered.put(source);
      return;
    }
    flush();
    if (source.remaining() >= BUFFER_BYTES) {
      write(source);
    } else {
      gathered = gathered.capacity() == 0 ? ByteBuffer.allocate(BUFFER_BYTES) : gathered;
      var _ = gathered.put(source);
    }
  }

  /// Adds all of a segment.
  public void append(MemorySegment source) throws FileException {
    for (long at = 0; at < source.byteSize(); at += CHUNK_BYTES) {
      var piece = source.asSlice(at, Math.min(source.byteSize() - at, CHUNK_BYTES));
      append(
          piece.isNative()
              ? piece.asByteBuffer()
              : ByteBuffer.wrap(piece.toArray(ValueLayout.JAVA_BYTE)));
    }
  }

  /// Adds a part of another file.
  ///
  /// @return how many bytes
  public long copy(FileChannel source, long byteOffset, long byteSize) throws FileException {
    flush();
    try {
      return transfer(source, byteOffset, byteSize);
    } catch (ClosedByInterruptException e) {
      throw new Cancelled(
          FailureDetails.of(
              target.named(),
              "copy",
              "the thread was interrupted, which closes the channels that it copies between",
              "Begin again, on a thread that is not interrupted, with a channel that is open"),
          e);
    } catch (IOException e) {
      throw PortableErrors.typed(target.named(), "copy", e);
    }
  }

  private long transfer(FileChannel source, long byteOffset, long byteSize) throws IOException {
    FileChannel sink = copyChannel();
    long done = 0;
    while (done < byteSize) {
      long count =
          source.transferTo(byteOffset + done, byteSize - done, sink.position(writtenBytes));
      if (count == 0) {
        break;
      }
      done += count;
      writtenBytes += count;
    }
    return done;
  }

  /// Reads back what has been added, up to its end.
  ///
  /// @return how many bytes
  public int read(long byteOffset, ByteBuffer buffer) throws FileException {
    flush();
    int size = Math.clamp(writtenBytes - byteOffset, 0, buffer.remaining());
    int limit = buffer.limit();
    try {
      Channels.read(channel, byteOffset, buffer.limit(buffer.position() + size));
    } catch (IOException e) {
      throw PortableErrors.typed(target.named(), "read", e);
    } finally {
      var _ = buffer.limit(limit);
    }
    return size;
  }

  /// Stays open as long as the other one: closing it would drop the lock.
  private FileChannel copyChannel() throws IOException {
    FileChannel open = copying;
    if (open == null) {
      open = FileChannel.open(path, StandardOpenOption.WRITE);
      copying = open;
    }
    return open;
  }

  /// Brings everything to the disk, open to whom it will be.
  void complete() throws FileException {
    flush();
    if (allocatedBytes > writtenBytes) {
      cutOff();
    }
    try {
      permissions.copy(target.file(), path);
    } catch (IOException e) {
      throw target.failure("setPermissions", e);
    }
    force(true);
  }

  /// Gives the descriptor and the lock back. What it held is on the disk or not wanted, so a
  /// failure tells nothing.
  public void release() {
    try (var _ = copying) {
      channel.close();
    } catch (IOException _) {
      // See above.
    }
  }

  /// Removes it, if it is still there.
  @Override
  public void close() throws FileException {
    try {
      var _ = Files.deleteIfExists(path);
    } catch (IOException e) {
      throw PortableErrors.typed(path, "delete", e);
    } finally {
      release();
    }
  }

  private void cutOff() throws FileException {
    try {
      var _ = channel.truncate(writtenBytes);
    } catch (IOException e) {
      throw target.failure("truncate", e);
    }
  }

  private void force(boolean metadata) throws FileException {
    try {
      channel.force(metadata);
    } catch (IOException e) {
      throw target.failure("sync", e);
    }
  }

  private void flush() throws FileException {
    write(gathered.flip());
    var _ = gathered.clear();
  }

  private void write(ByteBuffer source) throws FileException {
    int end = source.limit();
    while (source.position() < end) {
      int size = Math.min(end - source.position(), CHUNK_BYTES);
      var _ = source.limit(source.position() + size);
      try {
        Channels.write(channel, writtenBytes, source);
      } catch (IOException e) {
        throw PortableErrors.typed(target.named(), "write", e);
      }
      writtenBytes += size;
      var _ = source.limit(end);
    }
  }
}
