package io.filewright.internal.region;

import io.filewright.error.Cancelled;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.FileLease;
import io.filewright.spi.LoadListener;
import io.filewright.spi.Mapping;
import io.filewright.spi.Residency;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A mapping under a lease, which is given back behind the mapping's end and before that of the
/// descriptor.
///
/// The kernel may want the lease back while the pages are brought in. A load holds no reference of
/// its own, as nobody can close a region before it is ready; so what a load does takes one here.
public final class LeasedMapping implements Mapping {

  private final Path path;
  private final Mapping mapping;
  private final FileLease lease;
  private final Revocation revocation;
  private volatile @Nullable Lifetime holder;

  public LeasedMapping(Path path, Mapping mapping, FileLease lease, Revocation revocation) {
    this.path = path;
    this.mapping = mapping;
    this.lease = lease;
    this.revocation = revocation;
  }

  /// Names the lifetime that ends this mapping, before anybody else gets to see it.
  public void heldBy(Lifetime lifetime) {
    holder = lifetime;
  }

  @Override
  public long byteSize() {
    return mapping.byteSize();
  }

  @Override
  public MemorySegment segment(Arena arena) {
    return mapping.segment(arena);
  }

  /// Ends early when the lease is wanted back.
  @Override
  public void populate(long byteOffset, long byteSize, LoadListener listener) throws FileException {
    Lifetime held = hold("load");
    try {
      mapping.populate(byteOffset, byteSize, whileHeld(held, listener));
    } catch (Cancelled e) {
      throw held.isClosed() ? revoked("load", e) : e;
    } finally {
      held.release();
    }
  }

  @Override
  public CompletionStage<Void> populateAsync(
      long byteOffset, long byteSize, LoadListener listener) {
    Lifetime held;
    try {
      held = hold("load");
    } catch (InUse e) {
      return CompletableFuture.failedStage(e);
    }
    CompletionStage<Void> stage = null;
    try {
      stage = mapping.populateAsync(byteOffset, byteSize, whileHeld(held, listener));
    } finally {
      if (stage == null) {
        held.release();
      }
    }
    return stage
        .exceptionallyCompose(
            error ->
                CompletableFuture.failedStage(
                    error instanceof Cancelled e && held.isClosed() ? revoked("load", e) : error))
        .whenComplete((_, _) -> held.release());
  }

  private static LoadListener whileHeld(Lifetime held, LoadListener listener) {
    return loaded -> listener.loaded(loaded) && !held.isClosed();
  }

  @Override
  public AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice)
      throws FileException {
    return mapping.advise(byteOffset, byteSize, advice);
  }

  @Override
  public Residency residency(long byteOffset, long byteSize) throws FileException {
    return mapping.residency(byteOffset, byteSize);
  }

  @Override
  public void lock(long byteOffset, long byteSize) throws FileException {
    Lifetime held = hold("lock");
    try {
      mapping.lock(byteOffset, byteSize);
    } finally {
      held.release();
    }
  }

  @Override
  public void force(long byteOffset, long byteSize) throws FileException {
    mapping.force(byteOffset, byteSize);
  }

  @Override
  public CompletionStage<Void> forceAsync(long byteOffset, long byteSize) {
    return mapping.forceAsync(byteOffset, byteSize);
  }

  @Override
  public void close() throws FileException {
    try {
      mapping.close();
    } finally {
      lease.close();
    }
  }

  private Lifetime hold(String operation) throws InUse {
    Lifetime lifetime = holder;
    if (lifetime == null || !lifetime.tryAcquire()) {
      throw revocation.failure(path, operation);
    }
    return lifetime;
  }

  private InUse revoked(String operation, Cancelled stopped) {
    InUse failure = revocation.failure(path, operation);
    failure.addSuppressed(stopped);
    return failure;
  }
}
