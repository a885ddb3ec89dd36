package io.filewright.command;

import io.filewright.FileState.Loading;
import io.filewright.MmapRegion;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/// Says once that a file is being brought in, as soon as it is known how much of it will be.
final class LoadingLine implements Flow.Subscriber<Loading<MmapRegion>> {

  private final Job job;
  private final Consumer<String> lines;

  LoadingLine(Job job, Consumer<String> lines) {
    this.job = job;
    this.lines = lines;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(1);
  }

  @Override
  public void onNext(Loading<MmapRegion> state) {
    String size = state.totalBytes() <= 0 ? "" : new HumanSize(state.totalBytes()) + " to bring in";
    lines.accept(StateLine.of("Loading", job.elapsed(), job.path(), size));
  }

  @Override
  public void onComplete() {
    // The state that follows has a line of its own.
  }

  @Override
  public void onError(Throwable error) {
    // So has the failure.
  }
}
