package io.filewright.command;

import io.filewright.MmapRegion;
import io.filewright.error.FileException;
import io.filewright.scan.ByteScan;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/// All that is asked of a content, found in one pass over it.
final class ContentScan {

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
    var lineFeeds = new LongAdder();
    region.forEachBlock(
        (block, byteOffset) -> {
          digest.ifPresent(running -> running.update(block.asByteBuffer()));
          if (countLines) {
            lineFeeds.add(ByteScan.count(block, (byte) '\n'));
          }
          listener.scanned(byteOffset + block.byteSize(), region.byteSize());
          return true;
        });
    return new Findings(
        digest.map(finished -> HexFormat.of().formatHex(finished.digest())),
        countLines ? OptionalLong.of(lineFeeds.sum()) : OptionalLong.empty());
  }
}
