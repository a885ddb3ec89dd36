package io.filewright.command;

import io.filewright.MmapRegion;
import io.filewright.error.FileException;
import io.filewright.spi.Residency;

/// How much of a file was in memory at one moment.
record Pages(Residency residency) {

  static Pages of(MmapRegion region) throws FileException {
    return new Pages(region.residency());
  }

  /// The counts, for programs.
  JsonObject json() {
    return addTo(new JsonObject());
  }

  /// Adds the counts; null if the system does not tell them.
  JsonObject addTo(JsonObject json) {
    return json.put("residentPages", residency.isKnown() ? residency.residentPages() : null)
        .put("residentBytes", residency.isKnown() ? residency.residentBytes() : null);
  }

  /// For people: `1.0 MiB of 4.0 MiB (25 %)`.
  @Override
  public String toString() {
    if (!residency.isKnown()) {
      return "an unknown part of " + new HumanSize(residency.byteSize());
    }
    return "%s of %s (%s)"
        .formatted(
            new HumanSize(residency.residentBytes()),
            new HumanSize(residency.byteSize()),
            percent());
  }

  /// Rounded towards the middle: only none is 0 % and only all is 100 %.
  String percent() {
    long pages = residency.pageCount();
    long resident = residency.residentPages();
    if (resident == pages) {
      return "100 %";
    }
    return resident == 0 ? "0 %" : Math.clamp(Math.round(100.0 * resident / pages), 1, 99) + " %";
  }
}
