package io.filewright;

import io.filewright.internal.region.Counters;
import io.filewright.internal.region.LeakDetector;
import io.filewright.internal.region.Lifetime;
import io.filewright.internal.region.RegionMemory;
import io.filewright.internal.region.Revocation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What a region is made of.
///
/// @param memory what is under it, shared with its slices
/// @param lifetime its own lifetime
/// @param from where it begins in the memory
/// @param byteSize its size
/// @param guard what protects it
/// @param revocation what may end it early
/// @param services what all regions of a runtime share
/// @param site who opened it, if that was sampled
record RegionParts(
    RegionMemory memory,
    Lifetime lifetime,
    long from,
    long byteSize,
    Guard guard,
    Revocation revocation,
    Services services,
    @Nullable Throwable site) {

  /// What all regions of a runtime share.
  ///
  /// @param callbacks runs whatever depends on a stage that is handed out
  record Services(Counters counters, LeakDetector leaks, Executor callbacks) {

    /// A future for users: it can be completed or cancelled without touching the work, and its
    /// dependents never run on an engine's thread. An executor that refuses to run them fails the
    /// future.
    <T> CompletableFuture<T> handOut(CompletionStage<T> stage) {
      var result = new CompletableFuture<T>();
      stage
          .whenCompleteAsync(
              (value, error) -> {
                if (error == null) {
                  result.complete(value);
                } else {
                  result.completeExceptionally(Failures.unwrapped(error));
                }
              },
              callbacks)
          .exceptionally(
              refused -> {
                result.completeExceptionally(Failures.unwrapped(refused));
                return null;
              });
      return result;
    }
  }
}
