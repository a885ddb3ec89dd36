import io.filewright.AsyncFileHandle;
import io.filewright.AsyncFiles;
import io.filewright.MmapRegion;

/// Lazy handles: name many files, load only those that turn out to be needed. Here it is the last
/// one; for the others the system is not even asked whether they exist.
void main(String[] arguments) throws Exception {
  List<AsyncFileHandle<MmapRegion>> handles =
      Stream.of(arguments).map(Path::of).map(AsyncFiles::openLazy).toList();
  handles.forEach(this::printState);

  var needed = handles.getLast();
  IO.println("it begins with: " + firstLine(needed.await())); // awaiting starts it
  handles.forEach(this::printState);

  handles.forEach(AsyncFileHandle::close);
}

private String firstLine(MmapRegion region) {
  try (Stream<String> lines = region.lines()) {
    return lines.findFirst().orElse("");
  }
}

private void printState(AsyncFileHandle<?> handle) {
  IO.println(handle.path().getFileName() + ": " + handle.state().getClass().getSimpleName());
}
