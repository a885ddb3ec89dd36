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

  /// How many followers there are at least when those are looked for that have ended.
  private static final int FIRST_SWEEP = 16;

  private final List<Lifetime> followers = new ArrayList<>();
  private int nextSweep = FIRST_SWEEP;
  private boolean revoked;

  /// Has a lifetime end with the others, at once if they have ended already.
  public void follow(Lifetime lifetime) {
    if (this == NEVER) {
      return;
    }
    boolean late;
    synchronized (followers) {
      if (followers.size() >= nextSweep) {
        followers.removeIf(Lifetime::isClosed);
        nextSweep = Math.max(FIRST_SWEEP, 2 * followers.size());
      }
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
      return revoked ? Optional.of(failure(path, operation)) : Optional.empty();
    }
  }

  /// What somebody is told who comes too late.
  InUse failure(Path path, String operation) {
    return new InUse(
        FailureDetails.of(
            path,
            operation,
            "somebody else wants to write to the file or to truncate it, so the kernel took its"
                + " lease back",
            "Open it again when they are done, or use Guard.SNAPSHOT"));
  }
}
