package io.filewright.faults;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;

/// A file that one thread fills and reads while another may make it shorter.
final class RaceFile implements Closeable {

  /// Whose turn it is.
  private enum State {
    /// The reader's: nobody else touches the file.
    WHOLE,
    /// The reader reads, the truncator may begin.
    ARMED,
    /// The truncator is at it.
    TRUNCATING
  }

  /// How long the reader waits for the truncator to come: a few microseconds, in which it comes if
  /// it has a processor.
  private static final int PATIENCE_SPINS = 1000;

  private final Path path;
  private final FileChannel channel;
  private final AtomicReference<State> state = new AtomicReference<>(State.WHOLE);

  RaceFile(Path path) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  Path path() {
    return path;
  }

  /// Called by the reader: whether the file is its own.
  boolean isFree() {
    return state.get() == State.WHOLE;
  }

  /// Called by the reader.
  void fill(byte[] content) throws IOException {
    var bytes = ByteBuffer.wrap(content);
    while (bytes.hasRemaining()) {
      channel.write(bytes, bytes.position());
    }
  }

  /// Called by the reader, before it reads.
  void arm() {
    state.set(State.ARMED);
    for (int i = 0; i < PATIENCE_SPINS && state.get() == State.ARMED; i++) {
      Thread.onSpinWait();
    }
  }

  /// Called by the reader, after it has read. Never waits: a truncation that is under way ends
  /// later.
  ///
  /// @return whether the truncator did not come in time
  boolean disarm() {
    return state.compareAndSet(State.ARMED, State.WHOLE);
  }

  /// Called by the truncator.
  ///
  /// @param spins how long to wait before it
  /// @return whether the file was armed
  boolean truncate(int spins, long byteSize) throws IOException {
    if (!state.compareAndSet(State.ARMED, State.TRUNCATING)) {
      return false;
    }
    for (int i = 0; i < spins; i++) {
      Thread.onSpinWait();
    }
    channel.truncate(byteSize);
    state.set(State.WHOLE);
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
