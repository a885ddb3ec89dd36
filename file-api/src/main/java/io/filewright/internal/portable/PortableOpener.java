package io.filewright.internal.portable;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.error.IsDirectory;
import io.filewright.error.NotRegularFile;
import io.filewright.error.Unsupported;
import io.filewright.internal.threads.BlockingOpener;
import io.filewright.internal.threads.WorkerThreads;
import io.filewright.spi.Allocation;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedDirectory;
import io.filewright.spi.OpenedFile;
import io.filewright.spi.SymlinkPolicy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Opens files by `java.io`; where links matter, by walking to them.
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
    boolean plain = request.symlinks() == SymlinkPolicy.FOLLOW && request.beneath().isEmpty();
    try {
      return plain ? openPlain(request, threads) : openWalking(request, threads);
    } catch (IOException e) {
      throw PortableErrors.typed(request.path(), "open", e);
    }
  }

  /// The JDK can hold a directory, but not sync it, nor give a file in it a name that is free.
  @Override
  public OpenedDirectory openDirectory(OpenRequest request) throws Unsupported {
    throw new Unsupported(
        FailureDetails.of(
            request.path(),
            "openDirectory",
            "the portable engine cannot write files into a directory that it holds",
            "Use the populate engine; or follow links, and ask for no root"));
  }

  private static OpenedFile openPlain(OpenRequest request, WorkerThreads threads)
      throws IOException {
    Path path = request.path();
    if (request.intent().creates()) {
      create(path, request.intent());
    }
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    requireRegular(path, attributes);
    var file = new RandomAccessFile(path.toFile(), request.intent().writes() ? "rw" : "r");
    return new PortableFile(
        path, new RandomAccessBytes(path, file), PortableFile.identity(path, attributes), threads);
  }

  /// The JDK cannot ask a channel which file it has open, so what has the name is looked at before
  /// and after. No look follows a link, nor does the open between.
  private static OpenedFile openWalking(OpenRequest request, WorkerThreads threads)
      throws IOException {
    Path path = request.path();
    try (SecureWalk walk = SecureWalk.begin(request)) {
      SecureWalk.Entry entry = walk.walk();
      Optional<BasicFileAttributes> before = entry.attributes();
      if (before.isPresent() && request.intent() != OpenIntent.CREATE_NEW) {
        requireRegular(path, before.get());
      }
      FileChannel channel = entry.open(request.intent());
      boolean passed = false;
      try {
        BasicFileAttributes after = entry.attributes().orElseThrow(() -> changed(path));
        requireRegular(path, after);
        if (before.isPresent() && !Objects.equals(before.get().fileKey(), after.fileKey())) {
          throw changed(path);
        }
        passed = true;
        return new PortableFile(
            path,
            new ChannelBytes(entry.location(), channel, threads),
            PortableFile.identity(entry.location(), after),
            threads);
      } finally {
        if (!passed) {
          channel.close();
        }
      }
    }
  }

  private static InUse changed(Path path) {
    return new InUse(
        FailureDetails.of(
            path,
            "open",
            "another file took its name while it was opened",
            "Check what else works in its directory, and try it again"));
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

  private static void requireRegular(Path path, BasicFileAttributes attributes)
      throws FileException {
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
