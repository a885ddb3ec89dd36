package io.filewright.internal.region;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What a runtime counts. Gauges go up and down, totals only up.
public final class Counters {

  /// Gauge: regions that hold memory, slices not counted.
  public final AtomicLong activeRegions = new AtomicLong();

  /// Gauge: bytes of address space that is mapped.
  public final AtomicLong mappedBytes = new AtomicLong();

  /// Gauge: bytes held as copies.
  public final AtomicLong copiedBytes = new AtomicLong();

  /// Gauge: file descriptors.
  public final AtomicLong openDescriptors = new AtomicLong();

  /// Total: bytes brought in by loads.
  public final LongAdder prefaultedBytes = new LongAdder();

  /// Total: truncations and device errors that became exceptions.
  public final LongAdder faults = new LongAdder();

  /// Total: regions that became unreachable without having been closed.
  public final LongAdder leaks = new LongAdder();

  /// Total: unmaps and closes that the system refused.
  public final LongAdder failedCloses = new LongAdder();
}
