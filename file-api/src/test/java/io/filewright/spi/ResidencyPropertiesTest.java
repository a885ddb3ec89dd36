package io.filewright.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Runs of pages answer like a set of pages.
class ResidencyPropertiesTest {

  private static final int PAGE = 16;

  @Property
  void answersLikeASetOfPages(
      @ForAll @IntRange(max = 500) int byteSize,
      @ForAll @IntRange(max = PAGE - 1) int lead,
      @ForAll Set<@IntRange(max = 40) Integer> resident,
      @ForAll @IntRange(min = 1, max = 50) int cells) {
    var builder = Residency.builder(byteSize, lead, PAGE);
    int pages = (int) builder.pageCount();
    assertThat(pages).isEqualTo(byteSize == 0 ? 0 : (lead + byteSize + PAGE - 1) / PAGE);
    var model = new BitSet();
    resident.stream().filter(page -> page < pages).forEach(model::set);
    for (int page = 0; page < pages; page++) {
      if (model.get(page)) {
        builder.addRun(page, page + 1L);
      }
    }
    Residency residency = builder.build();
    assertThat(residency.toBitSet()).isEqualTo(model);
    assertThat(residency.residentPages()).isEqualTo(model.cardinality());
    assertThat(residency.isComplete()).isEqualTo(model.cardinality() == pages);
    assertThat(residency.residentBytes()).isEqualTo(bytes(model, byteSize, lead));
    for (int page = 0; page < pages; page++) {
      assertThat(residency.isResident(page)).isEqualTo(model.get(page));
    }
    assertShares(residency, model, pages, cells);
    assertThat(residency).hasToString(model.cardinality() + " of " + pages + " pages of 16 bytes");
  }

  private static long bytes(BitSet model, int byteSize, int lead) {
    long bytes = 0;
    for (int at = 0; at < byteSize; at++) {
      bytes += model.get((lead + at) / PAGE) ? 1 : 0;
    }
    return bytes;
  }

  private static void assertShares(Residency residency, BitSet model, int pages, int cells) {
    double[] shares = residency.shares(cells);
    String picture = residency.picture(cells);
    assertThat(shares).hasSize(Math.min(cells, pages));
    assertThat(picture).hasSize(shares.length);
    for (int cell = 0; cell < shares.length; cell++) {
      int from = pages * cell / shares.length;
      int to = pages * (cell + 1) / shares.length;
      int set = model.get(from, to).cardinality();
      assertThat(shares[cell]).isEqualTo((double) set / (to - from));
      assertThat(picture.charAt(cell) == '\u2588').isEqualTo(set == to - from);
      assertThat(picture.charAt(cell) == ' ').isEqualTo(set == 0);
    }
  }

  @Property
  void joinsRunsInWhateverPiecesTheyCome(
      @ForAll @Size(max = 20) int[] cuts, @ForAll @IntRange(min = 1, max = 100) int pages) {
    var whole = Residency.builder((long) pages * PAGE, 0, PAGE).addRun(0, pages).build();
    var pieces = Residency.builder((long) pages * PAGE, 0, PAGE);
    int from = 0;
    for (int cut : Arrays.stream(cuts).map(c -> Math.floorMod(c, pages)).sorted().toArray()) {
      pieces.addRun(from, cut);
      from = cut;
    }
    assertThat(pieces.addRun(from, pages).build().toBitSet()).isEqualTo(whole.toBitSet());
  }

  @Test
  void aSparseFileOfEightTebibytesCostsNothing() {
    var residency = Residency.builder(8L << 40, 0, 4096).addRun(0, 512).build();
    assertThat(residency.pageCount()).isEqualTo(1L << 31);
    assertThat(residency.residentBytes()).isEqualTo(2 << 20);
    assertThat(residency.isResident((1L << 31) - 1)).isFalse();
    assertThat(residency.picture(10)).isEqualTo("\u2581         ");
  }

  @Test
  void refusesRunsThatAreNotInOrder() {
    var builder = Residency.builder(10 * PAGE, 0, PAGE).addRun(2, 4);
    assertThatThrownBy(() -> builder.addRun(3, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("run [3, 5)");
    assertThatThrownBy(() -> builder.addRun(9, 11)).hasMessage("run [9, 11)");
    assertThatThrownBy(() -> Residency.builder(1, PAGE, PAGE)).hasMessage("1 bytes, 16 in a 16");
  }

  @Property
  void whatIsNotKnownCountsAsNotThere(
      @ForAll @IntRange(max = 500) int byteSize, @ForAll @IntRange(max = PAGE - 1) int lead) {
    var unknown = Residency.unknown(byteSize, lead, PAGE);
    var nothing = Residency.builder(byteSize, lead, PAGE).build();
    assertThat(unknown.isKnown()).isFalse();
    assertThat(nothing.isKnown()).isTrue();
    assertThat(unknown.pageCount()).isEqualTo(nothing.pageCount());
    assertThat(unknown.residentBytes()).isZero();
    assertThat(unknown.isComplete()).isEqualTo(byteSize == 0);
    assertThat(unknown)
        .hasToString("nobody knows how many of " + nothing.pageCount() + " pages of 16 bytes");
  }
}
