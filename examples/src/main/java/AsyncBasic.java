import io.filewright.AsyncFiles;
import io.filewright.MmapRegion;

/// The usual way: open, go on with something else, await, read; leaving the block closes the file,
/// whatever happened in it. Then the same for code that has nothing else to do.
void main(String[] arguments) throws Exception {
  Path path = Path.of(arguments[0]);

  try (var handle = AsyncFiles.open(path)) { // returns at once
    IO.println("opening " + path.getFileName());
    MmapRegion region = handle.await();
    IO.println("asynchronously: " + region.byteSize() + " bytes");
  }

  try (MmapRegion region = AsyncFiles.openSync(path);
      Stream<String> lines = region.lines()) {
    IO.println("synchronously: " + lines.count() + " lines");
  }
}
