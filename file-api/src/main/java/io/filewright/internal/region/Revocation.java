package io.filewright.internal.region;

import io.filewright.error.FailureDetails;
import io.filewright.error.InUse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Ends the lifetimes of a region and of its slices before they are closed, because the kernel
/// wants its lease back.
public final class Revocation {

  /// Nobody takes the region away.
  public static final Revocation NEVER = new Revocation();

  private final List<Lifetime> followers = new ArrayList<>();
  private boolean revoked;

  /// Has a lifetime end with the others. Those that ended by themselves are forgotten.
  public void follow(Lifetime lifetime) {
    if (this == NEVER) {
      return;
    }
    boolean late;
    synchronized (followers) {
      followers.removeIf(Lifetime::isClosed);
      followers.add(lifetime);
      late = revoked;
    }
    if (late) {
      lifetime.close();
    }
  }

  /// Ends them all: nobody gets a reference from now on, and the last one out gives the lease back.
  public void revoke() {
    List<Lifetime> ended;
    synchronized (followers) {
      revoked = true;
      ended = List.copyOf(followers);
    }
    ended.forEach(Lifetime::close);
  }

  /// Why the region cannot be used any more, if it was taken away.
  public Optional<InUse> reason(Path path, String operation) {
    synchronized (followers) {
      return revoked
          ? Optional.of(
              new InUse(
                  FailureDetails.of(
                      path,
                      operation,
                      "somebody else wants to write to the file or to truncate it, so the kernel"
                          + " took its lease back",
                      "Open it again when they are done, or use Guard.SNAPSHOT")))
          : Optional.empty();
    }
  }
}
