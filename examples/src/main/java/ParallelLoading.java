import io.filewright.AsyncFileHandle;
import io.filewright.AsyncFiles;
import io.filewright.FileState.Failed;
import io.filewright.FileState.Ready;
import io.filewright.MmapRegion;

/// Many files at once, each worked on as soon as it is there. One that fails spoils no other.
void main(String[] arguments) {
  List<AsyncFileHandle<MmapRegion>> handles =
      Stream.of(arguments).map(Path::of).map(AsyncFiles::open).toList();

  long totalBytes = 0;
  for (var handle : AsyncFiles.asCompleted(handles)) {
    try (handle) { // gives the memory back before the next file is taken
      if (handle.state() instanceof Ready<MmapRegion>(MmapRegion region)) {
        IO.println(handle.path().getFileName() + ": " + region.byteSize() + " bytes");
        totalBytes += region.byteSize();
      } else if (handle.state() instanceof Failed<MmapRegion>(var error)) {
        IO.println(handle.path().getFileName() + ": " + error.getClass().getSimpleName());
      }
    }
  }
  IO.println("total: " + totalBytes + " bytes");
}
