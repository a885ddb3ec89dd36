package io.filewright.command;

import io.filewright.MmapRegion;
import io.filewright.error.FileException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.Checksum;

/// All that is asked of a content, found in one pass over it.
final class ContentScan {

  /// Fits in the L2 cache, so that the second look at a block costs nothing.
  private static final int BLOCK_BYTES = 64 << 10;

  private final Optional<MessageDigest> digest;
  private final boolean countLines;

  ContentScan(Optional<MessageDigest> digest, boolean countLines) {
    this.digest = digest;
    this.countLines = countLines;
  }

  /// What was asked, and found.
  record Findings(Optional<String> sha256, OptionalLong lines) {

    static final Findings NONE = new Findings(Optional.empty(), OptionalLong.empty());
  }

  /// Tells how far it is.
  @FunctionalInterface
  interface Listener {
    void scanned(long doneBytes, long totalBytes);
  }

  Findings of(MmapRegion region, Listener listener) throws FileException {
    var pass = new Pass(region.byteSize(), listener);
    region.checksum(pass);
    return new Findings(
        digest.map(finished -> HexFormat.of().formatHex(finished.digest())),
        countLines ? OptionalLong.of(pass.getValue()) : OptionalLong.empty());
  }

  /// Its checksum is the number of line feeds.
  private final class Pass implements Checksum {

    private final byte[] block = new byte[BLOCK_BYTES];
    private final long totalBytes;
    private final Listener listener;
    private long doneBytes;
    private long lineFeeds;

    Pass(long totalBytes, Listener listener) {
      this.totalBytes = totalBytes;
      this.listener = listener;
    }

    @Override
    public void update(ByteBuffer buffer) {
      while (buffer.hasRemaining()) {
        int size = Math.min(buffer.remaining(), block.length);
        buffer.get(block, 0, size);
        update(block, 0, size);
      }
    }

    @Override
    public void update(byte[] bytes, int offset, int size) {
      digest.ifPresent(running -> running.update(bytes, offset, size));
      if (countLines) {
        lineFeeds += LineFeeds.count(bytes, offset, size);
      }
      doneBytes += size;
      listener.scanned(doneBytes, totalBytes);
    }

    @Override
    public void update(int value) {
      update(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public long getValue() {
      return lineFeeds;
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("one pass only");
    }
  }
}
