package io.filewright.internal.region;

import io.filewright.error.FileException;
import io.filewright.scan.ByteScan;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Finds a byte sequence in memory that comes block by block.
///
/// Knuth, Morris and Pratt's automaton ("Fast pattern matching in strings", SIAM J. Comput. 6,
/// 1977): it never goes back, so a match may lie across any number of blocks and the time is linear
/// whatever the pattern. While nothing has matched, eight bytes at a time are skipped.
public final class Search {

  private final byte[] pattern;
  private final int[] fallback;
  private int matched;
  private long found = -1;

  private Search(byte[] pattern) {
    this.pattern = pattern;
    this.fallback = fallback(pattern);
  }

  /// The first place in `[from, to)` at which all of the pattern stands, or -1. An empty pattern
  /// stands everywhere.
  public static long indexOf(RegionMemory memory, byte[] pattern, long from, long to)
      throws FileException {
    if (pattern.length == 0) {
      return from;
    }
    if (pattern.length > to - from) {
      return -1;
    }
    var search = new Search(pattern.clone());
    memory.forEachBlock(from, to, search::visit);
    return search.found;
  }

  private boolean visit(MemorySegment block, long blockOffset) {
    long size = block.byteSize();
    for (long at = 0; at < size; at++) {
      if (matched == 0) {
        at = ByteScan.indexOf(block, pattern[0], at, size);
        if (at < 0) {
          return true;
        }
      }
      byte next = block.get(ValueLayout.JAVA_BYTE, at);
      while (matched > 0 && pattern[matched] != next) {
        matched = fallback[matched];
      }
      if (pattern[matched] == next && ++matched == pattern.length) {
        found = blockOffset + at + 1 - pattern.length;
        return false;
      }
    }
    return true;
  }

  /// For each length of a match, the length of the longest shorter one that it ends with.
  private static int[] fallback(byte[] pattern) {
    var fallback = new int[pattern.length + 1];
    int length = 0;
    for (int i = 1; i < pattern.length; i++) {
      while (length > 0 && pattern[length] != pattern[i]) {
        length = fallback[length];
      }
      if (pattern[length] == pattern[i]) {
        length++;
      }
      fallback[i + 1] = length;
    }
    return fallback;
  }
}
