package io.filewright.bench.serve;

import io.filewright.bench.kit.Ticks;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Ticks of one millisecond on each event loop of a server. The gap between two is what everything
/// else on that loop has to wait.
final class LoopTicks {

  private final List<OneLoop> loops = new ArrayList<>();

  private LoopTicks() {}

  static LoopTicks start(Iterable<EventExecutor> executors) {
    var ticks = new LoopTicks();
    for (EventExecutor executor : executors) {
      var loop = new OneLoop(executor);
      ticks.loops.add(loop);
      executor.execute(loop::begin);
    }
    return ticks;
  }

  /// Ends them.
  ///
  /// @return those of all loops
  Ticks stop() throws Exception {
    var all = new Ticks();
    for (OneLoop loop : loops) {
      all.add(loop.executor.submit(loop::end).get());
    }
    return all;
  }

  /// Its fields belong to the loop.
  private static final class OneLoop {
    private final EventExecutor executor;
    private final Ticks ticks = new Ticks();
    private boolean ended;

    OneLoop(EventExecutor executor) {
      this.executor = executor;
    }

    void begin() {
      ticks.begin();
      scheduleTick();
    }

    /// The last tick may be overdue: so long it was, at least.
    Ticks end() {
      ticks.tick();
      ended = true;
      return ticks;
    }

    private void scheduleTick() {
      var _ = executor.schedule(this::tick, 1, TimeUnit.MILLISECONDS);
    }

    private void tick() {
      if (!ended) {
        ticks.tick();
        scheduleTick();
      }
    }
  }
}
