package io.filewright;

import io.filewright.spi.MapProtection;

/// How a file is mapped, and with that the type of region that comes of it: what a mode cannot do,
/// its region has no method for.
///
/// @param <R> the region's type
public final class OpenMode<R extends MmapRegion> {

  /// Shared and read-only.
  public static final OpenMode<MmapRegion> READ_ONLY =
      new OpenMode<>(MapProtection.READ_ONLY, MmapRegion::new);

  /// Shared: what is written goes to the file, and everybody sees it.
  public static final OpenMode<WritableRegion> READ_WRITE =
      new OpenMode<>(MapProtection.READ_WRITE, WritableRegion::new);

  /// Private: what is written stays in this process. The file need only be readable.
  public static final OpenMode<CopyOnWriteRegion> COPY_ON_WRITE =
      new OpenMode<>(MapProtection.COPY_ON_WRITE, CopyOnWriteRegion::new);

  private final MapProtection protection;
  private final RegionFactory<R> factory;

  private OpenMode(MapProtection protection, RegionFactory<R> factory) {
    this.protection = protection;
    this.factory = factory;
  }

  MapProtection protection() {
    return protection;
  }

  R region(RegionParts parts) {
    return factory.create(parts);
  }

  @Override
  public String toString() {
    return protection.name();
  }

  @FunctionalInterface
  private interface RegionFactory<R> {
    R create(RegionParts parts);
  }
}
