package io.filewright.internal.os;

/// A call of the C library that leaves an errno when it fails. Blocks as long as the kernel does.
@FunctionalInterface
interface SystemCall {

  int EINTR = 4;

  /// How often a call is made that a signal ends each time, before the error stands.
  int MOST_TRIES = 100;

  /// Makes it.
  ///
  /// @return negative if it failed
  /// @throws Throwable as method handles declare; in fact a mistake in the arguments
  long make(CallScratch scratch) throws Throwable;

  /// Makes a call that is not to be made again, whatever becomes of it.
  ///
  /// @return what it returned, or a negated errno
  static long once(SystemCall call) {
    try (var scratch = CallScratch.borrow()) {
      long result = call.make(scratch);
      return result < 0 ? -scratch.errno() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Makes a call again as long as signals end it.
  ///
  /// @return what it returned, or a negated errno
  static long repeated(SystemCall call) {
    long result = once(call);
    for (int tries = 1; result == -EINTR && tries < MOST_TRIES; tries++) {
      result = once(call);
    }
    return result;
  }

  /// What comes out of a method handle is a mistake in the arguments, such as a closed segment, or
  /// an error of the JVM.
  static RuntimeException unexpected(Throwable e) {
    if (e instanceof RuntimeException runtime) {
      return runtime;
    }
    if (e instanceof Error error) {
      throw error;
    }
    throw new AssertionError(e);
  }
}
