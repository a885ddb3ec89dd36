package io.filewright.testkit;

import io.filewright.Guard;
import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import java.time.Duration;

/// The options that `open-cases.csv` names.
final class OptionCases {

  private static final OpenOptions<MmapRegion> DEFAULT = OpenOptions.readOnly();

  private OptionCases() {}

  static OpenOptions<MmapRegion> of(String name) {
    return switch (name) {
      case "default" -> DEFAULT;
      case "prefault-none" -> DEFAULT.withPrefault(Prefault.NONE);
      case "prefault-head" -> DEFAULT.withPrefault(Prefault.HEAD);
      case "prefault-all" -> DEFAULT.withPrefault(Prefault.ALL);
      case "guard-none" -> DEFAULT.withGuard(Guard.NONE);
      case "advice-sequential" -> DEFAULT.withAdvice(MmapAdvice.SEQUENTIAL);
      case "advice-random" -> DEFAULT.withAdvice(MmapAdvice.RANDOM);
      case "range-0-0" -> DEFAULT.withRange(0, 0);
      case "range-5-5" -> DEFAULT.withRange(5, 5);
      case "range-0-101" -> DEFAULT.withRange(0, 101);
      case "range-10-50" -> DEFAULT.withRange(10, 50);
      case "range-10-end" -> DEFAULT.withRange(10, Long.MAX_VALUE);
      case "range-100-end" -> DEFAULT.withRange(100, Long.MAX_VALUE);
      case "range-101-end" -> DEFAULT.withRange(101, Long.MAX_VALUE);
      case "range-4095-90001" -> DEFAULT.withRange(4095, 90_001);
      case "range-10-50-max-40" -> DEFAULT.withRange(10, 50).withMaxSize(40);
      case "max-99" -> DEFAULT.withMaxSize(99);
      case "max-100" -> DEFAULT.withMaxSize(100);
      case "timeout-1h" -> DEFAULT.withTimeout(Duration.ofHours(1));
      case "timeout-for-ever" -> DEFAULT.withTimeout(Duration.ofSeconds(Long.MAX_VALUE));
      default -> throw new IllegalArgumentException("no such option: " + name);
    };
  }
}
