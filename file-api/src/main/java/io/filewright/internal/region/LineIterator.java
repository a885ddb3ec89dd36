package io.filewright.internal.region;

import io.filewright.error.AlreadyClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.TooLarge;
import io.filewright.scan.ByteScan;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The lines of a range as strict UTF-8, without their ends (LF or CRLF). Holds one buffer, which
/// grows to the longest line, but never beyond what the longest allowed one needs.
///
/// Failures are [UncheckedIOException]s with a [FileException] inside, as streams demand.
public final class LineIterator implements Iterator<String> {

  private static final int FIRST_BYTES = 64 << 10;
  private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

  /// CRLF.
  private static final int LONGEST_END_BYTES = 2;

  private final RegionMemory memory;
  private final long to;
  private final int maxLineBytes;
  private final Lifetime lifetime;
  private final Revocation revocation;
  private long at;
  private byte[] buffer = new byte[FIRST_BYTES];
  private int start;
  private int end;

  /// @param maxLineBytes of a line without its end; what an array cannot hold is refused anyway
  /// @param lifetime closed here when there is no further line, and by whoever else wants to stop
  /// @param revocation what may end the lifetime early
  public LineIterator(
      RegionMemory memory,
      long from,
      long to,
      long maxLineBytes,
      Lifetime lifetime,
      Revocation revocation) {
    this.memory = memory;
    this.at = from;
    this.to = to;
    this.maxLineBytes = (int) Math.min(maxLineBytes, MAX_ARRAY_BYTES - LONGEST_END_BYTES);
    this.lifetime = lifetime;
    this.revocation = revocation;
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
        int lineEnd = ByteScan.indexOf(buffer, (byte) '\n', searched, end);
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

  private String take(int lineEnd, int next) throws FileException {
    int length = lineEnd - start;
    if (next > lineEnd && length > 0 && buffer[lineEnd - 1] == '\r') {
      length--;
    }
    if (length > maxLineBytes) {
      throw tooLong();
    }
    String line = Utf8.decode(buffer, start, length, memory.path(), startInFile());
    start = next;
    return line;
  }

  private void fill() throws FileException {
    int pending = end - start;
    int most = maxLineBytes + LONGEST_END_BYTES;
    if (pending >= most) {
      throw tooLong();
    }
    byte[] target = buffer;
    if (pending > buffer.length / 2 && buffer.length < most) {
      target = new byte[(int) Math.min(2L * buffer.length, most)];
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

  private long startInFile() {
    return memory.fileOffset() + at - (end - start);
  }

  private TooLarge tooLong() {
    return new TooLarge(
        FailureDetails.of(
                memory.path(),
                "lines",
                "the line that begins here is longer than " + maxLineBytes + " bytes",
                "Allow longer lines (lines(maxLineBytes)), or read the file by chunks")
            .withOffset(startInFile()));
  }

  private void read(MemorySegment target) throws FileException {
    if (!lifetime.tryAcquire()) {
      var reason = revocation.reason(memory.path(), "lines");
      if (reason.isPresent()) {
        throw reason.get();
      }
      throw new AlreadyClosed("The stream of lines");
    }
    try {
      memory.read(at, target);
    } finally {
      lifetime.release();
    }
  }
}
