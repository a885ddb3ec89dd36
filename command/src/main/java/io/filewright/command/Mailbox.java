package io.filewright.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The letters to the one thread that writes: what others have to say is said there.
///
/// A file sends at most three, so [FileRun#IN_FLIGHT] bounds the queue.
final class Mailbox implements Executor {

  private final BlockingQueue<Runnable> letters = new LinkedBlockingQueue<>();

  @Override
  public void execute(Runnable letter) {
    letters.add(letter);
  }

  /// The next letter, if one comes in time.
  Optional<Runnable> poll(Duration patience) throws InterruptedException {
    return Optional.ofNullable(letters.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
  }
}
