package io.filewright.bench.stall;

import io.filewright.bench.Outcome;
import io.filewright.bench.kit.Ticks;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Both on virtual threads that share one carrier (the flag that says so is in [StallSuite]).
public final class VirtualThreadStall extends StallContender {

  @Override
  Outcome round() throws InterruptedException {
    var ticking = new Ticks();
    var over = new AtomicBoolean();
    var loads = new AtomicLong();
    Thread ticker = Thread.ofVirtual().start(() -> tick(ticking));
    Thread worker = Thread.ofVirtual().start(() -> work(over, loads));
    ticker.join();
    over.set(true);
    worker.join();
    return ticking.outcome(loads.get());
  }

  private void tick(Ticks ticking) {
    ticking.begin();
    try {
      while (!ticking.areEnough(ticks)) {
        Thread.sleep(1);
        ticking.tick();
      }
    } catch (InterruptedException e) {
      failed(e);
    }
  }

  private void work(AtomicBoolean over, AtomicLong loads) {
    try {
      while (!over.get() && !work.equals("idle")) {
        if (work.equals("ours")) {
          consume(awaitNext());
        } else {
          touchNext();
          Thread.sleep(1); // a mere yield would starve the ticker: be fair between two files
        }
        loads.incrementAndGet();
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      failed(e);
    }
  }
}
