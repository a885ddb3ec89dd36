package io.filewright.internal.atomic;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Channels that no interrupt closes. A `FileChannel` would be closed by one, and its lock and its
/// unreported write errors gone with it.
final class Channels {

  /// Where a directory cannot be opened, and need not be: its changes are in the journal.
  static final boolean WINDOWS = File.separatorChar == '\\';

  /// The threads of Windows' completion ports cannot be the caller's.
  private static final @Nullable ExecutorService EXECUTOR = WINDOWS ? null : CallerRuns.INSTANCE;

  private Channels() {}

  static AsynchronousFileChannel open(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return AsynchronousFileChannel.open(path, options, EXECUTOR, attributes);
  }

  /// Writes all of a buffer.
  static void write(AsynchronousFileChannel channel, long byteOffset, ByteBuffer source)
      throws IOException {
    long at = byteOffset;
    while (source.hasRemaining()) {
      int count = await(channel.write(source, at));
      if (count <= 0) {
        throw new IOException("nothing could be written");
      }
      at += count;
    }
  }

  /// Fills a buffer.
  static void read(AsynchronousFileChannel channel, long byteOffset, ByteBuffer target)
      throws IOException {
    long at = byteOffset;
    while (target.hasRemaining()) {
      int count = await(channel.read(target, at));
      if (count <= 0) {
        throw new EOFException("what was written is not there any more");
      }
      at += count;
    }
  }

  private static int await(Future<Integer> result) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException mistake -> throw mistake;
        case null, default -> throw new IOException(e.getCause());
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
