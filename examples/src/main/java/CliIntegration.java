import io.filewright.AsyncFileHandle;
import io.filewright.AsyncFiles;
import io.filewright.MmapRegion;
import io.filewright.error.FileException;

/// A command line program in two steps. First its arguments are checked, synchronously: whoever
/// mistyped a name wants to hear it at once, and about all names together. Then all files load at
/// the same time.
///
/// A check says what was true then. What happens to a file between the check and the open is the
/// handle's failure, so the second step has its own errors.
void main(String[] arguments) throws InterruptedException {
  List<Path> paths = Stream.of(arguments).map(Path::of).toList();
  List<String> problems = paths.stream().flatMap(path -> problem(path).stream()).toList();
  if (paths.isEmpty() || !problems.isEmpty()) {
    problems.forEach(System.err::println);
    System.err.println("usage: CliIntegration FILE...");
    System.exit(2);
  }

  List<AsyncFileHandle<MmapRegion>> handles = paths.stream().map(AsyncFiles::open).toList();
  try {
    for (MmapRegion region : AsyncFiles.awaitAll(handles)) {
      IO.println(
          "%08x %d %s"
              .formatted(
                  region.checksum(new CRC32C()), region.byteSize(), region.path().getFileName()));
    }
  } catch (FileException e) {
    System.err.println(e.getMessage());
    System.exit(1);
  } finally {
    handles.forEach(AsyncFileHandle::close);
  }
}

/// What is wrong with an argument, if anything.
private Optional<String> problem(Path path) {
  if (!Files.exists(path)) {
    return Optional.of(path + ": no such file");
  }
  if (!Files.isRegularFile(path)) {
    return Optional.of(path + ": not a regular file");
  }
  return Files.isReadable(path) ? Optional.empty() : Optional.of(path + ": not readable");
}
