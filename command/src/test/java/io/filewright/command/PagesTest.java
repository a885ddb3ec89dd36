package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.spi.Residency;
import org.junit.jupiter.api.Test;

class PagesTest {

  @Test
  void saysThatNobodyKnows() {
    var pages = new Pages(Residency.unknown(8192, 0, 4096));

    assertThat(pages).hasToString("an unknown part of 8.0 KiB");
    assertThat(pages.json()).hasToString("{\"residentPages\": null, \"residentBytes\": null}");
  }

  @Test
  void countsWhatIsKnown() {
    var pages = new Pages(Residency.builder(8192, 0, 4096).addRun(0, 1).build());

    assertThat(pages).hasToString("4.0 KiB of 8.0 KiB (50 %)");
    assertThat(pages.json()).hasToString("{\"residentPages\": 1, \"residentBytes\": 4096}");
  }
}
