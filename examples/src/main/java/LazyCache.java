import io.filewright.memory.MemoryBudget;
import io.filewright.stream.LazyLoader;

/// A lazy cache: files are loaded when they are first asked for, once however many ask, kept within
/// a limit of bytes, and loaded anew when they have changed.
void main(String[] arguments) throws Exception {
  List<Path> files = Stream.of(arguments).map(Path::of).toList();
  MemoryBudget budget = MemoryBudget.ofBytes(1 << 20);
  try (var texts =
      LazyLoader.<Path, String>builder(4096, Files::readString, String::length)
          .budget(budget) // shared with whatever else holds memory
          .watching(path -> path)
          .build()) {
    texts.preload(files).get(); // in the background, if one does not wait for it
    for (Path file : files) {
      print(texts, file);
    }
    Files.writeString(files.getFirst(), "changed");
    print(texts, files.getFirst());
    IO.println("loads: " + texts.stats().loads() + ", kept bytes: " + budget.usedBytes());
  }
  IO.println("after close: " + budget.usedBytes());
}

private void print(LazyLoader<Path, String> texts, Path file) throws Exception {
  try (var text = texts.get(file)) { // what is borrowed is not evicted
    IO.println(file.getFileName() + ": " + text.value());
  }
}
