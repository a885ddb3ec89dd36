package io.filewright.internal.region;

import io.filewright.error.FileException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Runs a function over raw memory and withholds its result until it is known that the memory was
/// the file's all along.
///
/// A fault in raw memory (SIGBUS) becomes an [InternalError] of the touching thread; from code
/// compiled by C2 it arrives late, at the next return from a native call. [RegionMemory#verify] is
/// such a call, so it stands inside the `try`.
public final class GuardedAccess {

  private GuardedAccess() {}

  /// The function.
  @FunctionalInterface
  public interface Body<T> {
    T run(MemorySegment segment) throws FileException;
  }

  /// Runs it over `[from, to)`; the segment is dead afterwards.
  public static <T> T apply(RegionMemory memory, RawView view, long from, long to, Body<T> body)
      throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      T result;
      try {
        result = body.run(view.of(memory.mapping(), arena, from, to));
      } catch (RuntimeException | FileException | Error e) {
        verifyAfter(e, memory, from, to);
        throw e;
      }
      memory.verify("apply", from, to);
      return result;
    } catch (InternalError e) {
      throw memory.fault("apply", from, to, e);
    }
  }

  /// The function may have failed because of what it saw: a fault is then the better answer.
  private static void verifyAfter(Throwable failure, RegionMemory memory, long from, long to)
      throws FileException {
    try {
      memory.verify("apply", from, to);
    } catch (InternalError | FileException e) {
      e.addSuppressed(failure);
      throw e;
    }
  }
}
