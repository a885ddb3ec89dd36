package io.filewright.bench.stall;

import io.filewright.MmapRegion;
import io.filewright.bench.Outcome;
import io.filewright.bench.kit.Ticks;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Both on one Netty event loop.
public final class EventLoopStall extends StallContender {

  private @Nullable MultiThreadIoEventLoopGroup group;

  @Override
  void begin() {
    group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  }

  @Override
  Outcome round() throws Exception {
    if (group == null) {
      throw new IllegalStateException("not prepared");
    }
    var round = new Round((EventLoop) group.next());
    return round.play();
  }

  /// One round; its fields belong to the loop.
  private final class Round {
    private final EventLoop loop;
    private final Ticks ticking = new Ticks();
    private final CompletableFuture<Void> ticked = new CompletableFuture<>();
    private final CompletableFuture<Void> worked = new CompletableFuture<>();
    private long loads;

    Round(EventLoop loop) {
      this.loop = loop;
    }

    Outcome play() throws Exception {
      loop.execute(
          () -> {
            ticking.begin();
            scheduleTick();
            work();
          });
      ticked.get();
      worked.get();
      return loop.submit(() -> ticking.outcome(loads)).get();
    }

    private void scheduleTick() {
      var _ = loop.schedule(this::tick, 1, TimeUnit.MILLISECONDS);
    }

    private void tick() {
      ticking.tick();
      if (ticking.areEnough(ticks)) {
        ticked.complete(null);
      } else {
        scheduleTick();
      }
    }

    private void work() {
      if (work.equals("idle") || ticked.isDone()) {
        worked.complete(null);
      } else if (work.equals("ours")) {
        var _ = openNext().whenCompleteAsync((region, error) -> loaded(region, error), loop);
      } else {
        done(EventLoopStall.this::touchNext);
      }
    }

    private void loaded(MmapRegion region, @Nullable Throwable error) {
      if (error != null) {
        failed(error);
        worked.complete(null);
      } else {
        done(() -> consume(region));
      }
    }

    private void done(Step step) {
      try {
        step.run();
        loads++;
        var _ = loop.schedule(this::work, 1, TimeUnit.MILLISECONDS); // fair: ticks come between
      } catch (IOException | RuntimeException e) {
        failed(e);
        worked.complete(null);
      }
    }
  }

  /// What may fail.
  private interface Step {
    long run() throws IOException;
  }
}
