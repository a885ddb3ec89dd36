package io.filewright.bench;

/// How a file got into the page cache before it is measured: it changes the cost of mapping it by a
/// factor of ten and more.
public enum CacheState {
  /// Not at all: dropped before each round.
  COLD("cold"),
  /// Dropped, then read by `cat`: the cache holds it in large pieces.
  READ_IN("read-in"),
  /// It has just been written: the cache holds it in single pages.
  WRITTEN("written"),
  /// No file is measured, or the contender sees to it; the title says which.
  NONE("-");

  private final String label;

  CacheState(String label) {
    this.label = label;
  }

  /// As it stands in tables.
  public String label() {
    return label;
  }
}
