package io.filewright.stream;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Calls a function as the beginning of something new, for the compiler.
///
/// The JVM inlines calls 15 deep at most (`MaxInlineLevel`). A run has ten calls on the way to a
/// batch, and each access to a segment has seven more inside: inlined into the run, a loop over a
/// chunk would call them for each of its words, and be ten times slower. A method handle that is no
/// constant is not inlined, so the function is compiled by itself. The handle is the same for all
/// runs: the JVM makes a class for one that is called often.
///
/// @param <B> what the function takes
/// @param <R> what it returns
final class SeparateCall<B, R> {

  private static final MethodHandle APPLY = apply();

  /// Not static, and not in a record: else it were a constant.
  private final MethodHandle apply = APPLY;

  private final BatchFunction<B, R> function;

  SeparateCall(BatchFunction<B, R> function) {
    this.function = function;
  }

  /// @throws Throwable what the function throws
  @SuppressWarnings("unchecked") // the function's own type
  R call(B batch) throws Throwable {
    return (R) (Object) apply.invokeExact(function, (Object) batch);
  }

  private static MethodHandle apply() {
    try {
      return MethodHandles.lookup()
          .findVirtual(
              BatchFunction.class, "apply", MethodType.methodType(Object.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
