import io.filewright.AsyncFileHandle;
import io.filewright.AsyncFiles;
import io.filewright.FileState.Failed;
import io.filewright.FileState.Loading;
import io.filewright.FileState.Pending;
import io.filewright.FileState.Ready;
import io.filewright.MmapRegion;
import io.filewright.error.FileException;

/// Check, then wait: do other work while the file loads, look whether it is there, and wait only if
/// it is not.
void main(String[] arguments) throws Exception {
  try (var handle = AsyncFiles.open(Path.of(arguments[0]))) {
    IO.println("meanwhile: the 1000th prime is " + prime(1000));
    try {
      MmapRegion region = handle.isReady() ? handle.getNow() : handle.await();
      IO.println("the file has " + region.byteSize() + " bytes");
    } catch (FileException _) {
      IO.println("there is nothing to read");
    }
    IO.println(describe(handle));
  }
}

/// Names every state: the compiler checks that none is missing.
private String describe(AsyncFileHandle<?> handle) {
  return switch (handle.state()) {
    case Pending<?> _ -> "not started";
    case Loading<?>(long loaded, long total) -> "loading: " + loaded + " of " + total + " bytes";
    case Ready<?>(MmapRegion region) -> "ready: " + region.path().getFileName();
    case Failed<?>(FileException error) -> "failed: " + error.getClass().getSimpleName();
  };
}

private int prime(int n) {
  return IntStream.iterate(2, i -> i + 1)
      .filter(i -> IntStream.rangeClosed(2, (int) Math.sqrt(i)).noneMatch(d -> i % d == 0))
      .skip(n - 1)
      .findFirst()
      .orElseThrow();
}
