package io.filewright;

/// How a file is mapped, and with that the type of region that comes of it: what a mode cannot do,
/// its region has no method for.
///
/// @param <R> the region's type
public final class OpenMode<R extends MmapRegion> {

  /// Shared and read-only.
  public static final OpenMode<MmapRegion> READ_ONLY = new OpenMode<>("READ_ONLY", MmapRegion::new);

  private final String name;
  private final RegionFactory<R> factory;

  private OpenMode(String name, RegionFactory<R> factory) {
    this.name = name;
    this.factory = factory;
  }

  R region(RegionParts parts) {
    return factory.create(parts);
  }

  @Override
  public String toString() {
    return name;
  }

  @FunctionalInterface
  private interface RegionFactory<R> {
    R create(RegionParts parts);
  }
}
