import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.concurrent.CompletableFuture.runAsync;

import io.filewright.AsyncFiles;
import io.filewright.OpenOptions;
import io.filewright.error.NotFound;

/// Recipes with futures: many files but only a few at a time, a time limit, a cancel, the first of
/// several, another try. No thread waits for a file but `main`, which prints.
void main(String[] arguments) throws Exception {
  List<Path> paths = Stream.of(arguments).map(Path::of).toList();
  Path path = paths.getFirst();
  Path absent = path.resolveSibling("absent");

  IO.println("two at a time: " + bounded(paths, 2).join() + " lines");
  IO.println("in time: " + inTime(path).join() + " lines");
  IO.println("cancelled: " + cancelled(path));
  IO.println("the first that is there: " + firstOf(List.of(absent, path)).join() + " lines");
  IO.println("gave up: " + failure(retried(absent, 3, Duration.ofMillis(10))));
}

/// The function gets a virtual thread, so it may read; behind it the region is closed.
private CompletableFuture<Long> lines(Path path) {
  return AsyncFiles.open(path)
      .useAsync(
          region -> {
            try (var lines = region.lines()) {
              return completedFuture(lines.count());
            }
          });
}

/// At most so many files are in memory: each that is done makes room for the next.
private CompletableFuture<Long> bounded(List<Path> paths, int atATime) {
  var waiting = new ConcurrentLinkedQueue<>(paths);
  return Stream.generate(() -> oneByOne(waiting, 0))
      .limit(atATime)
      .reduce(completedFuture(0L), (all, one) -> all.thenCombine(one, Long::sum));
}

private CompletableFuture<Long> oneByOne(Queue<Path> waiting, long sum) {
  Path path = waiting.poll();
  return path == null
      ? completedFuture(sum)
      : lines(path).thenComposeAsync(count -> oneByOne(waiting, sum + count));
}

/// The load has five seconds, load and work together have ten; what is late is given up and closed.
private CompletableFuture<Long> inTime(Path path) {
  return AsyncFiles.open(path, OpenOptions.readOnly().withTimeout(Duration.ofSeconds(5)))
      .useAsync(region -> completedFuture(region.asString().lines().count()))
      .orTimeout(10, TimeUnit.SECONDS);
}

/// Cancelling what `useAsync` gave stops the load, or closes the region if it is there already.
private boolean cancelled(Path path) {
  try (var handle = AsyncFiles.open(path)) {
    CompletableFuture<Long> unwanted = handle.useAsync(_ -> new CompletableFuture<>());
    unwanted.cancel(true);
    handle.closeAsync().join(); // from here on nothing is held
    return unwanted.isCancelled();
  }
}

/// The first success wins, and the others are cancelled. If there is none, one failure tells why.
private CompletableFuture<Long> firstOf(List<Path> paths) {
  var first = new CompletableFuture<Long>();
  List<CompletableFuture<Long>> attempts = paths.stream().map(this::lines).toList();
  var _ =
      CompletableFuture.allOf(
              attempts.stream()
                  .map(attempt -> attempt.thenAccept(first::complete))
                  .toArray(CompletableFuture[]::new))
          .whenComplete((_, failure) -> first.completeExceptionally(failure));
  return first.whenComplete((_, _) -> attempts.forEach(attempt -> attempt.cancel(true)));
}

/// Tries again when the file is not there yet, after a pause in which no thread waits.
private CompletableFuture<Long> retried(Path path, int attempts, Duration pause) {
  return lines(path)
      .exceptionallyCompose(
          failure ->
              attempts > 1 && cause(failure) instanceof NotFound
                  ? runAsync(() -> {}, delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS))
                      .thenCompose(_ -> retried(path, attempts - 1, pause))
                  : failedFuture(failure));
}

private Throwable cause(Throwable failure) {
  return failure instanceof CompletionException ? failure.getCause() : failure;
}

private String failure(CompletableFuture<?> future) {
  return future.handle((_, failure) -> cause(failure).getClass().getSimpleName()).join();
}
