package io.filewright;

import io.filewright.error.AlreadyClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/// An [AtomicFile] as a stream.
final class AtomicFileStream extends OutputStream {

  private final AtomicFile file;
  private volatile boolean closed;

  AtomicFileStream(AtomicFile file) {
    this.file = file;
  }

  @Override
  public void write(int value) throws FileException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws FileException {
    var _ = Objects.checkFromIndexSize(offset, length, bytes.length);
    if (closed) {
      throw new AlreadyClosed("The stream of [" + FailureDetails.printable(file.target()) + "]");
    }
    file.write(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void close() {
    closed = true;
  }
}
