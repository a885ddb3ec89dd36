import io.filewright.AsyncFiles;
import io.filewright.CopyOnWriteRegion;
import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FileException;
import io.filewright.spi.AdviceResult;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Says how a file is going to be used, changes its mind at run time, and sets limits.
void main(String[] arguments) throws Exception {
  Path path = Path.of(arguments[0]);
  readThrough(path);
  lookUp(path);
  setLimits(path);
  changePrivately(path);
}

/// One pass from front to back, with all of the file in memory before it begins.
private void readThrough(Path path) throws Exception {
  var options = OpenOptions.readOnly().withAdvice(MmapAdvice.SEQUENTIAL).withPrefault(Prefault.ALL);
  try (var handle = AsyncFiles.open(path, options)) {
    MmapRegion region = handle.await();
    IO.println("read through: " + region.apply(this::countLines) + " lines");
    IO.println("in memory: " + region.residency());
    IO.println("picture: |" + region.residency().picture(16) + "|");
  }
}

/// Look-ups here and there, then a pass over the second half: the advice follows the use.
private void lookUp(Path path) throws Exception {
  var options = OpenOptions.readOnly().withAdvice(MmapAdvice.RANDOM).withPrefault(Prefault.NONE);
  try (var handle = AsyncFiles.open(path, options)) {
    MmapRegion region = handle.await();
    long middle = region.byteSize() / 2;
    IO.println(
        "in the middle: " + region.asString(middle, Math.min(middle + 7, region.byteSize())));
    IO.println("sequential: " + answer(region.advise(MmapAdvice.SEQUENTIAL)));
    IO.println("cold: " + answer(region.advise(MmapAdvice.COLD, 0, middle)));
    region.prefetch(middle, region.byteSize()).join();
    IO.println("second half in memory: " + region.isResident(middle, region.byteSize()));
  }
}

/// A load that takes too long or is too large fails, and lets go of everything.
private void setLimits(Path path) throws Exception {
  var options = OpenOptions.readOnly().withTimeout(Duration.ofSeconds(30)).withMaxSize(1000);
  try (var handle = AsyncFiles.open(path, options)) {
    IO.println("small enough: " + handle.await().byteSize() + " bytes");
  } catch (FileException e) {
    IO.println(e.getClass().getSimpleName() + ": " + e.details().cause());
  }
}

/// Copy-on-write: the changes are this process' own until they are committed, all or nothing.
private void changePrivately(Path path) throws Exception {
  Path changed = path.resolveSibling(path.getFileName() + ".changed");
  try (var handle = AsyncFiles.open(path, OpenOptions.copyOnWrite())) {
    CopyOnWriteRegion region = handle.await();
    region.fill(0, Math.min(7, region.byteSize()), (byte) '9');
    IO.println("changed: " + region.dirtyBytes() + " bytes, in whole pages");
    region.commitTo(changed);
  }
  try (var before = AsyncFiles.openSync(path);
      var after = AsyncFiles.openSync(changed)) {
    IO.println("first difference at byte " + before.mismatch(after));
  }
}

/// Works on the mapped memory itself; nothing is copied.
private long countLines(MemorySegment segment) {
  long lines = 0;
  for (long i = 0; i < segment.byteSize(); i++) {
    if (segment.get(ValueLayout.JAVA_BYTE, i) == '\n') {
      lines++;
    }
  }
  return lines;
}

/// Advice is a hint: that the kernel does not know it is an answer, not an error.
private String answer(AdviceResult result) {
  return switch (result) {
    case AdviceResult.Applied() -> "applied";
    case AdviceResult.Unsupported(String reason) -> "not here, as " + reason;
  };
}
