package io.filewright.spi;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/// Which pages of a range were in memory at one moment; they may have gone since.
///
/// Not every process may know. Of a file that it neither owns nor may write, Linux tells it nothing
/// (mincore(2) says that all is there): then the answer [is not known][#isKnown], and counts no
/// page as resident.
///
/// Kept as runs of resident pages, so that a sparse file of 8 TiB costs nothing. Pages are counted
/// from the one that holds the first byte of the range. Immutable.
public final class Residency {

  private final long byteSize;
  private final int lead;
  private final int pageSize;
  private final boolean known;
  private final long[] runs;

  private Residency(long byteSize, int lead, int pageSize, boolean known, long[] runs) {
    this.byteSize = byteSize;
    this.lead = lead;
    this.pageSize = pageSize;
    this.known = known;
    this.runs = runs;
  }

  /// A builder for a range of `byteSize` bytes that begins `lead` bytes into its first page.
  public static Builder builder(long byteSize, int lead, int pageSize) {
    return new Builder(byteSize, lead, pageSize);
  }

  /// A range all of which is in memory, such as a copy on the heap's side.
  public static Residency all(long byteSize, int pageSize) {
    var builder = builder(byteSize, 0, pageSize);
    builder.addRun(0, builder.pageCount());
    return builder.build();
  }

  /// A range of which the system does not tell what is in memory, `lead` as in [#builder].
  public static Residency unknown(long byteSize, int lead, int pageSize) {
    return new Builder(byteSize, lead, pageSize).build(false);
  }

  /// Whether the system told. If not, all other answers are those of a range none of which is in
  /// memory.
  public boolean isKnown() {
    return known;
  }

  /// Size of a page, in bytes.
  public int pageSize() {
    return pageSize;
  }

  /// Size of the range, in bytes.
  public long byteSize() {
    return byteSize;
  }

  /// Number of pages that the range touches.
  public long pageCount() {
    return pageCount(byteSize, lead, pageSize);
  }

  /// Number of those pages that were in memory.
  public long residentPages() {
    long pages = 0;
    for (int i = 0; i < runs.length; i += 2) {
      pages += runs[i + 1] - runs[i];
    }
    return pages;
  }

  /// Number of the range's own bytes that were in memory.
  public long residentBytes() {
    return residentBytes(0, pageCount());
  }

  /// Whether all of the range was in memory; true for an empty range.
  public boolean isComplete() {
    return residentPages() == pageCount();
  }

  /// Whether a page was in memory.
  public boolean isResident(long page) {
    Objects.checkIndex(page, pageCount());
    return residentPages(page, page + 1) == 1;
  }

  /// How much of the range was in memory, cut into `cells` equal parts: each from 0 to 1. This is
  /// the picture of it.
  public double[] shares(int cells) {
    long pages = pageCount();
    var shares = new double[(int) Math.min(cells, pages)];
    for (int cell = 0; cell < shares.length; cell++) {
      long from = scale(pages, cell, shares.length);
      long to = scale(pages, cell + 1, shares.length);
      shares[cell] = (double) residentPages(from, to) / (to - from);
    }
    return shares;
  }

  /// The pages as a bit set, for ranges of fewer than 2^31 pages.
  public BitSet toBitSet() {
    var bits = new BitSet(Math.toIntExact(pageCount()));
    for (int i = 0; i < runs.length; i += 2) {
      bits.set((int) runs[i], (int) runs[i + 1]);
    }
    return bits;
  }

  /// A line of `cells` characters, from a blank for nothing to a full block for all in memory.
  public String picture(int cells) {
    var line = new StringBuilder();
    for (double share : shares(cells)) {
      line.append(" ▁▂▃▄▅▆▇█".charAt(share >= 1 ? 8 : (int) Math.ceil(share * 7)));
    }
    return line.toString();
  }

  @Override
  public String toString() {
    String resident = known ? Long.toString(residentPages()) : "nobody knows how many";
    return resident + " of " + pageCount() + " pages of " + pageSize + " bytes";
  }

  private static long scale(long pages, int cell, int cells) {
    return pages / cells * cell + pages % cells * cell / cells;
  }

  private long residentPages(long from, long to) {
    long pages = 0;
    for (int i = 0; i < runs.length; i += 2) {
      pages += Math.max(0, Math.min(to, runs[i + 1]) - Math.max(from, runs[i]));
    }
    return pages;
  }

  private long residentBytes(long fromPage, long toPage) {
    long bytes = 0;
    for (int i = 0; i < runs.length; i += 2) {
      long from = Math.max(fromPage, runs[i]) * pageSize - lead;
      long to = Math.min(toPage, runs[i + 1]) * pageSize - lead;
      bytes += Math.max(0, Math.min(to, byteSize) - Math.max(from, 0));
    }
    return bytes;
  }

  private static long pageCount(long byteSize, int lead, int pageSize) {
    return byteSize == 0 ? 0 : (byteSize - 1 + lead) / pageSize + 1;
  }

  /// Collects runs of resident pages in ascending order.
  public static final class Builder {
    private final long byteSize;
    private final int lead;
    private final int pageSize;
    private long[] runs = new long[16];
    private int length;

    private Builder(long byteSize, int lead, int pageSize) {
      if (byteSize < 0 || pageSize < 1 || lead < 0 || lead >= pageSize) {
        throw new IllegalArgumentException(byteSize + " bytes, " + lead + " in a " + pageSize);
      }
      this.byteSize = byteSize;
      this.lead = lead;
      this.pageSize = pageSize;
    }

    /// Number of pages that the range touches.
    public long pageCount() {
      return Residency.pageCount(byteSize, lead, pageSize);
    }

    /// Adds resident pages, none of which lies before the end of an earlier run.
    public Builder addRun(long fromPage, long toPage) {
      if (fromPage < (length == 0 ? 0 : runs[length - 1])
          || toPage < fromPage
          || toPage > pageCount()) {
        throw new IllegalArgumentException("run [" + fromPage + ", " + toPage + ")");
      }
      if (fromPage == toPage) {
        return this;
      }
      if (length > 0 && runs[length - 1] == fromPage) {
        runs[length - 1] = toPage;
        return this;
      }
      if (length == runs.length) {
        runs = Arrays.copyOf(runs, 2 * length);
      }
      runs[length++] = fromPage;
      runs[length++] = toPage;
      return this;
    }

    public Residency build() {
      return build(true);
    }

    private Residency build(boolean known) {
      return new Residency(byteSize, lead, pageSize, known, Arrays.copyOf(runs, length));
    }
  }
}
