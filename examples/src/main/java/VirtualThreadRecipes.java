import io.filewright.AsyncFileHandle;
import io.filewright.AsyncFiles;
import io.filewright.MmapRegion;
import io.filewright.error.FileException;
import io.filewright.error.NotFound;
import io.filewright.error.Timeout;

/// The same recipes on virtual threads, which may wait: whoever waits for a file here leaves its
/// carrier to others.
void main(String[] arguments) throws Exception {
  List<Path> paths = Stream.of(arguments).map(Path::of).toList();
  Path path = paths.getFirst();
  Path absent = path.resolveSibling("absent");

  try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
    IO.println("two at a time: " + bounded(threads, paths, 2) + " lines");
    IO.println("in time: " + threads.submit(() -> inTime(path)).get());
    IO.println("interrupted: " + interrupted(path));
    IO.println("the first that is there: " + firstOf(threads, List.of(absent, path)) + " lines");
    IO.println("gave up: " + threads.submit(() -> retried(absent, 3)).get());
  }
}

private long lines(Path path) throws FileException {
  try (MmapRegion region = AsyncFiles.openSync(path);
      var lines = region.lines()) {
    return lines.count();
  }
}

/// A thread for each file, and a semaphore for how many may be in memory.
private long bounded(ExecutorService threads, List<Path> paths, int atATime) throws Exception {
  var places = new Semaphore(atATime);
  List<Callable<Long>> tasks =
      paths.stream()
          .<Callable<Long>>map(
              path ->
                  () -> {
                    places.acquire();
                    try {
                      return lines(path);
                    } finally {
                      places.release();
                    }
                  })
          .toList();
  long total = 0;
  for (Future<Long> each : threads.invokeAll(tasks)) {
    total += each.get();
  }
  return total;
}

/// After five seconds the wait ends, and leaving the block ends the load.
private String inTime(Path path) throws Exception {
  try (var handle = AsyncFiles.open(path)) {
    return handle.await(Duration.ofSeconds(5)).byteSize() + " bytes";
  } catch (Timeout _) {
    return "no";
  }
}

/// An interrupt ends the wait of one thread, and no file is harmed: here the load is given up, as
/// the thread leaves the block.
private boolean interrupted(Path path) throws Exception {
  AsyncFileHandle<MmapRegion> handle = AsyncFiles.openLazy(path);
  var ended = new CompletableFuture<Boolean>();
  Thread waiting =
      Thread.startVirtualThread(
          () -> {
            try (handle) {
              Thread.currentThread().interrupt();
              ended.complete(handle.await().isClosed());
            } catch (InterruptedException _) {
              ended.complete(true);
            } catch (FileException e) {
              ended.completeExceptionally(e);
            }
          });
  waiting.join();
  return ended.get();
}

/// `invokeAny` interrupts those that lost.
private long firstOf(ExecutorService threads, List<Path> paths) throws Exception {
  return threads.invokeAny(paths.stream().<Callable<Long>>map(path -> () -> lines(path)).toList());
}

private String retried(Path path, int attempts) throws Exception {
  for (int attempt = 1; ; attempt++) {
    try {
      return lines(path) + " lines";
    } catch (NotFound e) {
      if (attempt == attempts) {
        return e.getClass().getSimpleName();
      }
      Thread.sleep(Duration.ofMillis(10));
    }
  }
}
