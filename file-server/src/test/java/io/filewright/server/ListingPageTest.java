package io.filewright.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListingPageTest {

  @Test
  void saysHowManyEntriesItShowsAndWhetherThereAreMore() {
    assertThat(page(1, false)).contains("<footer>1 entry, 7 B</footer>");
    assertThat(page(2, false)).contains("<footer>2 entries, 14 B</footer>");
    assertThat(page(2, true)).contains("<footer>2 of more entries, 14 B</footer>");
  }

  private static String page(int count, boolean isCut) {
    var entry = new Listing.Entry("file", false, 7, Instant.EPOCH, Optional.empty());
    List<Listing.Entry> entries = List.of(entry, entry).subList(0, count);
    return ListingPage.of(new RequestTarget(List.of(), true), new Listing(entries, isCut));
  }
}
