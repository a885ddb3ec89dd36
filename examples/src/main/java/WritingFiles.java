import io.filewright.AsyncFiles;
import io.filewright.AtomicFile;
import io.filewright.OpenOptions;
import io.filewright.WritableRegion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Two ways of writing: in place through a mapping, where others see each change at once, and as a
/// whole, where they see the old file or the new one.
void main(String[] arguments) throws Exception {
  Path folder = Path.of(arguments[0]);
  writeInPlace(folder.resolve("counters.bin"));
  replaceAsAWhole(folder.resolve("settings.txt"));
}

/// A file of counters that grows; its space is on the disk before it is mapped.
private void writeInPlace(Path path) throws Exception {
  try (var handle = AsyncFiles.open(path, OpenOptions.create(4096))) {
    WritableRegion counters = handle.await();
    counters.write(0, ByteBuffer.allocate(Long.BYTES).putLong(0, 42));
    counters.force(0, Long.BYTES);
    counters.resize(8192);
    counters.copy(counters, 0, Long.BYTES, 4096);
    counters.forceAsync(4096, 8192).join();
  }
  try (var counters = AsyncFiles.openSync(path)) {
    var last = ByteBuffer.allocate(Long.BYTES);
    counters.read(4096, last);
    IO.println("counters: " + counters.byteSize() + " bytes, the last is " + last.getLong(0));
  }
}

/// If anything fails on the way, the old settings stay.
private void replaceAsAWhole(Path path) throws Exception {
  AtomicFile.write(path, "colour = blue\n".getBytes(StandardCharsets.UTF_8));
  try (AtomicFile file = AtomicFile.replacing(path)) {
    file.write(ByteBuffer.wrap("colour = green\n".getBytes(StandardCharsets.UTF_8)));
    IO.println("before the commit: " + content(path));
    file.commit();
  }
  IO.println("after it: " + content(path));
}

private String content(Path path) throws Exception {
  try (var region = AsyncFiles.openSync(path)) {
    return region.asString().strip();
  }
}
