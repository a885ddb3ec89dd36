package io.filewright.internal.portable;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.IsDirectory;
import io.filewright.error.NotRegularFile;
import io.filewright.error.Unsupported;
import io.filewright.internal.threads.BlockingOpener;
import io.filewright.internal.threads.WorkerThreads;
import io.filewright.spi.Allocation;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedFile;
import io.filewright.spi.SymlinkPolicy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/// Opens files by `java.io`.
final class PortableOpener implements BlockingOpener {

  /// What most processors have; only counts of pages depend on it.
  static final int PAGE_SIZE = 4096;

  private static final int MOST_REGIONS = 32_000;

  /// The default limit on descriptors of the systems that do not say theirs (macOS).
  private static final int USUAL_DESCRIPTORS = 10_240;

  private static final Path LIMITS = Path.of("/proc/self/limits");

  @Override
  public int pageSize() {
    return PAGE_SIZE;
  }

  @Override
  public int maxRegions() {
    return Math.min(MOST_REGIONS, descriptors() / 2);
  }

  @Override
  public Allocation allocate(long byteSize) {
    return new SharedAllocation(Arena.ofShared(), byteSize);
  }

  @Override
  public OpenedFile open(OpenRequest request, WorkerThreads threads) throws FileException {
    Path path = request.path();
    if (request.symlinks() != SymlinkPolicy.FOLLOW || request.beneath().isPresent()) {
      throw new Unsupported(
          FailureDetails.of(
              path,
              "open",
              "the portable engine cannot open a file and check the links to it in one step",
              "Use the populate engine, or follow links"));
    }
    try {
      if (request.intent().creates()) {
        create(path, request.intent());
      }
      var attributes = regular(path);
      return new PortableFile(
          path,
          new RandomAccessFile(path.toFile(), request.intent().writes() ? "rw" : "r"),
          PortableFile.identity(path, attributes),
          threads);
    } catch (IOException e) {
      throw PortableErrors.typed(path, "open", e);
    }
  }

  private static void create(Path path, OpenIntent intent) throws IOException {
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException e) {
      if (intent == OpenIntent.CREATE_NEW) {
        throw e;
      }
    }
  }

  private static BasicFileAttributes regular(Path path) throws IOException {
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new IsDirectory(
          FailureDetails.of(path, "open", "it is a directory", "Name a file inside it"));
    }
    if (!attributes.isRegularFile()) {
      throw new NotRegularFile(
          FailureDetails.of(
              path,
              "open",
              "it is a FIFO, a socket or a device",
              "Read it as a stream; only regular files can be mapped"));
    }
    return attributes;
  }

  private static int descriptors() {
    try (Stream<String> lines = Files.lines(LIMITS)) {
      return lines
          .filter(line -> line.startsWith("Max open files"))
          .map(line -> line.substring("Max open files".length()).strip().replaceAll(" .*", ""))
          .mapToInt(PortableOpener::limit)
          .findFirst()
          .orElse(USUAL_DESCRIPTORS);
    } catch (IOException | RuntimeException _) {
      return USUAL_DESCRIPTORS;
    }
  }

  private static int limit(String text) {
    return text.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(text);
  }

  private record SharedAllocation(Arena owner, MemorySegment memory) implements Allocation {

    SharedAllocation(Arena owner, long byteSize) {
      this(owner, owner.allocate(byteSize));
    }

    @Override
    public MemorySegment segment(Arena arena) {
      return memory;
    }

    @Override
    public void close() {
      owner.close();
    }
  }
}
