package io.filewright.internal.region;

import io.filewright.error.AlreadyClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.TooLarge;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The lines of a range as strict UTF-8, without their ends (LF or CRLF). Holds one buffer, which
/// grows to the longest line.
///
/// Failures are [UncheckedIOException]s with a [FileException] inside, as streams demand.
public final class LineIterator implements Iterator<String> {

  private static final int FIRST_BYTES = 64 << 10;
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final RegionMemory memory;
  private final long to;
  private final Lifetime lifetime;
  private long at;
  private byte[] buffer = new byte[FIRST_BYTES];
  private int start;
  private int end;

  /// @param lifetime closed here when there is no further line, and by whoever else wants to stop
  public LineIterator(RegionMemory memory, long from, long to, Lifetime lifetime) {
    this.memory = memory;
    this.at = from;
    this.to = to;
    this.lifetime = lifetime;
  }

  @Override
  public boolean hasNext() {
    if (start < end || at < to) {
      return true;
    }
    lifetime.close();
    return false;
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      int searched = start;
      while (true) {
        int lineEnd = indexOfNewline(searched);
        if (lineEnd >= 0) {
          return take(lineEnd, lineEnd + 1);
        }
        if (at == to) {
          return take(end, end);
        }
        int pending = end - start;
        fill();
        searched = start + pending;
      }
    } catch (FileException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int indexOfNewline(int from) {
    for (int i = from; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private String take(int lineEnd, int next) throws FileException {
    int length = lineEnd - start;
    if (next > lineEnd && length > 0 && buffer[lineEnd - 1] == '\r') {
      length--;
    }
    String line =
        Utf8.decode(buffer, start, length, memory.path(), memory.fileOffset() + at - (end - start));
    start = next;
    return line;
  }

  private void fill() throws FileException {
    int pending = end - start;
    if (pending == MAX_BYTES) {
      throw new TooLarge(
          FailureDetails.of(
                  memory.path(),
                  "lines",
                  "a line is longer than a string can be",
                  "Read the file by chunks instead of lines")
              .withOffset(memory.fileOffset() + at - pending));
    }
    byte[] target = buffer;
    if (pending > buffer.length / 2) {
      target = new byte[(int) Math.min(2L * buffer.length, MAX_BYTES)];
    }
    System.arraycopy(buffer, start, target, 0, pending);
    buffer = target;
    start = 0;
    end = pending;
    int count = (int) Math.min(to - at, buffer.length - pending);
    read(MemorySegment.ofArray(buffer).asSlice(pending, count));
    at += count;
    end += count;
  }

  private void read(MemorySegment target) throws FileException {
    if (!lifetime.tryAcquire()) {
      throw new AlreadyClosed("The stream of lines");
    }
    try {
      memory.read(at, target);
    } finally {
      lifetime.release();
    }
  }
}
