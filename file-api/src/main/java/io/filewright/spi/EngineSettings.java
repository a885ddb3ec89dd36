package io.filewright.spi;

/// Bounds on an engine's threads.
///
/// @param openThreads threads that open files at the same time while none of them hangs, at least
///   1; an engine may use fewer while nothing waits for the disk
/// @param spareThreads further threads, started only while all the others hang in an open (a dead
///   network disk), at least 0
/// @param loadThreads threads that bring pages in at the same time, at least 1
public record EngineSettings(int openThreads, int spareThreads, int loadThreads) {

  public EngineSettings {
    if (openThreads < 1 || spareThreads < 0 || loadThreads < 1) {
      throw new IllegalArgumentException(
          "An engine needs at least one thread to open and one to load: "
              + openThreads
              + ", "
              + loadThreads);
    }
  }
}
