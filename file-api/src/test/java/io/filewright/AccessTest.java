package io.filewright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.internal.region.Lifetime;
import io.filewright.internal.region.RawView;
import io.filewright.internal.region.RegionMemory;
import io.filewright.spi.Mapping;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// A lease is given back whatever its end runs into.
class AccessTest {

  private boolean released;
  private final Lifetime lifetime = new Lifetime(() -> released = true);

  /// As happens to whoever touches a truncated file and never asks `verify`.
  @Test
  void aFaultThatArrivesInCloseStillReleasesTheMemory() {
    var fault = new InternalError("a fault occurred in an unsafe memory access operation");
    assertThat(lifetime.tryAcquire()).isTrue();
    lifetime.close();
    RegionMemory memory = memory(arena -> faultingAtClose(arena, fault));
    var access = new Access(memory, RawView.READ_ONLY, lifetime, 0, 1);

    assertThatThrownBy(access::close).isSameAs(fault);

    assertThat(released).as("memory released").isTrue();
    assertThat(access.segment().scope().isAlive()).isFalse();
    access.close();
  }

  @SuppressWarnings("restricted") // as an engine makes its segments
  private static MemorySegment faultingAtClose(Arena arena, InternalError fault) {
    return arena
        .allocate(1)
        .reinterpret(
            arena,
            _ -> {
              throw fault;
            });
  }

  private static RegionMemory memory(Function<Arena, MemorySegment> segment) {
    var mapping = fake(Mapping.class, segment);
    return fake(RegionMemory.class, _ -> mapping);
  }

  /// Answers the only method that a lease calls.
  private static <T, A> T fake(Class<T> type, Function<A, ?> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, _, arguments) -> {
              @SuppressWarnings("unchecked")
              A argument = (A) (arguments == null ? null : arguments[0]);
              return answer.apply(argument);
            }));
  }
}
