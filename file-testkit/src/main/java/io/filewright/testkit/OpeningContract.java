package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.AsyncFileHandle;
import io.filewright.FileSource;
import io.filewright.FileState.Failed;
import io.filewright.FileState.Loading;
import io.filewright.FileState.Pending;
import io.filewright.FileState.Ready;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.FileException;
import io.filewright.error.IsDirectory;
import io.filewright.error.NotRegularFile;
import io.filewright.error.PermissionDenied;
import io.filewright.spi.Engine;
import io.filewright.spi.EngineSettings;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// What becomes of an open: by the kind of file, the options and the way of opening.
abstract class OpeningContract extends ContractFixture {

  @ParameterizedTest
  @CsvFileSource(resources = "/io/filewright/spec/open-cases.csv", useHeadersInDisplayName = true)
  void opensAsTheTableSays(String file, String option, String outcome, String size, String backing)
      throws Exception {
    Path path = make(file);
    try (var handle = runtime.open(path, OptionCases.of(option))) {
      assertThat(outcome(handle, path, size, backing)).isEqualTo(outcome);
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/io/filewright/spec/open-cases.csv", useHeadersInDisplayName = true)
  void opensSynchronouslyAsTheTableSays(
      String file, String option, String outcome, String size, String backing) throws Exception {
    Path path = make(file);
    String seen;
    try (var region = runtime.openSync(path, OptionCases.of(option))) {
      check(region, size, backing);
      seen = "Ready";
    } catch (FileException e) {
      checkMessage(e, path);
      seen = e.getClass().getSimpleName();
    }
    assertThat(seen).isEqualTo(outcome);
  }

  @Test
  void opensByTheEnginesName() {
    assertThat(runtime.engineName()).isEqualTo(provider().name());
    assertThat(runtime.pageSize()).isPositive();
  }

  @Test
  void showsTheContentOfTheFile() throws Exception {
    byte[] content = TestFiles.pattern(100_000);
    try (var region = region(files.write("a", content), OpenOptions.readOnly());
        var small = region(files.write("b", TestFiles.pattern(100)), OpenOptions.readOnly())) {
      assertThat(region.toByteArray()).isEqualTo(content);
      assertThat(small.toByteArray()).isEqualTo(TestFiles.pattern(100));
    }
  }

  @Test
  void readsProcFilesToTheirEnd() throws Exception {
    try (var region = region(make("proc-self-status"), OpenOptions.readOnly())) {
      assertThat(region.asString()).startsWith("Name:").contains("VmRSS:").endsWith("\n");
    }
  }

  @Test
  void aLazyHandleDoesNothingUntilItIsAsked() throws Exception {
    Path path = files.patterned(100);
    try (var handle = runtime.openLazy(path, OpenOptions.readOnly())) {
      assertThat(handle.state()).isEqualTo(new Pending<MmapRegion>());
      assertThat(handle.tryGet()).isEmpty();
      assertThat(runtime.stats().openDescriptors()).isZero();
      assertThat(handle.await().byteSize()).isEqualTo(100);
    }
  }

  @Test
  void existsAndSizeAnswerWithoutOpening() throws Exception {
    Path path = files.patterned(100);
    assertThat(Patience.get(runtime.exists(path))).isTrue();
    assertThat(Patience.get(runtime.exists(folder))).isTrue();
    assertThat(Patience.get(runtime.exists(files.make("missing")))).isFalse();
    assertThat(Patience.get(runtime.exists(files.make("dangling-link")))).isFalse();
    assertThat(Patience.get(runtime.size(path))).isEqualTo(100);
    assertThat(Patience.get(runtime.size(files.sparse("large", 3L << 30)))).isEqualTo(3L << 30);
    assertThat(Patience.failure(runtime.size(folder)))
        .isInstanceOf(IsDirectory.class)
        .hasMessage("[" + folder + "] size: it is a directory. Name a file inside it.");
    assertThat(Patience.failure(runtime.size(make("dev-null"))))
        .isInstanceOf(NotRegularFile.class)
        .hasMessage("[/dev/null] size: it is not a regular file. Name a regular file.");
  }

  @Test
  void aFifoHoldsNobodyUp() throws Exception {
    Path fifo = make("fifo");
    Path path = files.patterned(100_000);
    long start = System.nanoTime();
    var fifos = new ArrayList<AsyncFileHandle<MmapRegion>>();
    for (int i = 0; i < 8; i++) {
      fifos.add(runtime.open(fifo, OpenOptions.readOnly()));
    }
    try (var handle = runtime.open(path, OpenOptions.readOnly())) {
      assertThat(handle.await(Duration.ofSeconds(1)).byteSize()).isEqualTo(100_000);
    }
    for (var handle : fifos) {
      assertThatThrownBy(handle::await).isInstanceOf(NotRegularFile.class);
      handle.close();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void refusesAFileThatMayNotBeRead() throws Exception {
    Path path = files.patterned(100);
    assumeTrue(Files.getFileStore(path).supportsFileAttributeView("posix"), "no permissions here");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(path), "root may read everything");
    assertThatThrownBy(() -> runtime.openSync(path, OpenOptions.readOnly()))
        .isInstanceOf(PermissionDenied.class);
  }

  @Test
  void loadsAFileThatWasOpenedElsewhere() throws Exception {
    Path path = files.patterned(100_000);
    try (Engine engine = provider().create(new EngineSettings(1, 0, 1))) {
      var source = new OpenSource(engine, path);
      Files.move(files.patterned(10), path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      try (var handle = runtime.open(source, OpenOptions.readOnly())) {
        assertThat(handle.await().toByteArray()).isEqualTo(TestFiles.pattern(100_000));
      }
      assertThat(source.taken).isTrue();
    }
  }

  private Path make(String kind) {
    boolean needsUnix = !kind.startsWith("bytes-") && !kind.equals("empty");
    assumeTrue(!needsUnix || Files.exists(Path.of("/dev/null")), "no such files here: " + kind);
    boolean needsProc = kind.startsWith("proc-");
    assumeTrue(!needsProc || Files.exists(Path.of("/proc/self/status")), "no /proc here");
    return files.make(kind);
  }

  private static String outcome(
      AsyncFileHandle<MmapRegion> handle, Path path, String size, String backing)
      throws InterruptedException {
    try {
      check(handle.await(), size, backing);
    } catch (FileException e) {
      checkMessage(e, path);
    }
    return switch (handle.state()) {
      case Ready<MmapRegion> _ -> "Ready";
      case Failed<MmapRegion>(FileException error) -> error.getClass().getSimpleName();
      case Pending<MmapRegion> _, Loading<MmapRegion> _ -> "not done";
    };
  }

  private static void check(MmapRegion region, String size, String backing) {
    if (!size.equals("-")) {
      assertThat(region.byteSize()).isEqualTo(Long.parseLong(size));
    }
    if (!backing.equals("-")) {
      assertThat(region.backing().name()).isEqualTo(backing);
    }
  }

  /// `[path] operation(...): cause. What to check.`, on one line whatever the path.
  private static void checkMessage(FileException e, Path path) {
    assertThat(e.path()).isEqualTo(path);
    assertThat(e.getMessage())
        .startsWith("[" + path + "] " + e.operation())
        .contains(": ")
        .endsWith(".")
        .doesNotContain("\n");
  }

  private static final class OpenSource implements FileSource {
    private final Path path;
    private final OpenedFile file;
    private final AtomicBoolean given = new AtomicBoolean();
    private volatile boolean taken;

    OpenSource(Engine engine, Path path) throws FileException {
      this.path = path;
      this.file = engine.openNow(OpenRequest.forReading(path));
    }

    @Override
    public Path path() {
      return path;
    }

    @Override
    public OpenedFile take() {
      if (!given.compareAndSet(false, true)) {
        throw new IllegalStateException("it was taken before");
      }
      taken = true;
      return file;
    }

    @Override
    public void close() {
      if (given.compareAndSet(false, true)) {
        try {
          file.close();
        } catch (FileException e) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }
  }
}
