package io.filewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.error.FileException;
import io.filewright.spi.Engine;
import io.filewright.spi.OpenedFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody swaps a file, or the directory above it, for a link that leads out of the root, all the
/// time. Who checks the path and opens it then gets out now and then; the validator never does.
@Tag("faults")
class SymlinkRaceTest {

  private static final int TRIES = 100_000;

  /// Each waits for the disk.
  private static final int OUTPUT_TRIES = 5_000;

  /// How often the control is run until it has shown that there is a race.
  private static final int MOST_CONTROLS = 10;

  private static final byte OUTSIDE = 'o';

  @TempDir private Path temporary;
  private Folder folder;
  private Path root = Path.of("");

  @BeforeEach
  void writeFiles() throws IOException {
    folder = Folder.of(temporary);
    root = folder.at("root");
    folder.write("root/in/file", "inside");
    folder.write("out/file", "outside");
  }

  /// What came of many tries.
  private record Tally(int inside, int outside, int refused) {}

  /// Opens the file once.
  @FunctionalInterface
  private interface Attempt {

    /// @return the first byte of its content
    byte firstByte() throws IOException;
  }

  /// One swap and back.
  @FunctionalInterface
  private interface Swap {
    void swap() throws IOException;
  }

  @ParameterizedTest
  @ValueSource(strings = {"populate", "portable"})
  void nobodyGetsOutByTheLastComponent(String engine) throws Exception {
    assertNoEscape(engine, this::swapFile);
  }

  @ParameterizedTest
  @ValueSource(strings = {"populate", "portable"})
  void nobodyGetsOutByADirectory(String engine) throws Exception {
    assertNoEscape(engine, this::swapDirectory);
  }

  @Test
  void noOutputGetsOut() throws Exception {
    Files.move(root.resolve("in"), root.resolve("real"));
    folder.link("root/in", "real");
    Path file = root.resolve("in/new");
    Path outside = folder.at("out/new");
    var rules = PathValidator.output().withOverwriting(Target.Overwriting.ALLOWED);

    Tally ours =
        race(this::swapLink, OUTPUT_TRIES, () -> written(rules.withRoot(root), file, outside));
    assertThat(folder.at("out").toFile().list()).containsExactly("file");
    Tally naive = race(this::swapLink, OUTPUT_TRIES, () -> written(rules, file, outside));

    System.out.printf("outputs, by path: %s%noutputs, beneath a root: %s%n", naive, ours);
    assertThat(naive.outside()).as("the race is one").isPositive();
    assertThat(ours.inside()).isPositive();
    assertThat(ours.refused()).isPositive();
    assertThat(ours.outside()).isZero();
  }

  /// Replaces a file, and says whether that has made one outside.
  private static byte written(PathValidator rules, Path file, Path outside) throws IOException {
    try (CheckedOutput output = rules.validateAndCreate(file.toString())) {
      output.write(ByteBuffer.wrap(new byte[] {'x'}));
      output.commit();
    }
    return Files.deleteIfExists(outside) ? OUTSIDE : (byte) 'i';
  }

  private void assertNoEscape(String engineName, Swap swap) throws Exception {
    Path file = root.resolve("in/file");
    var rules = PathValidator.input().withRoot(root);
    try (Engine engine = TestEngines.named(engineName)) {
      assertNoEscape(new Opening(rules, engine), file, swap);
    }
  }

  private void assertNoEscape(Opening opening, Path file, Swap swap) throws Exception {

    Tally naive = race(swap, TRIES, () -> checkThenOpen(file));
    for (int more = 1; naive.outside() == 0 && more < MOST_CONTROLS; more++) {
      naive = race(swap, TRIES, () -> checkThenOpen(file));
    }
    Tally ours = race(swap, TRIES, () -> validateAndOpen(opening, file));

    System.out.printf("check, then open: %s%nvalidate and open: %s%n", naive, ours);
    assertThat(naive.outside()).as("the race is one").isPositive();
    assertThat(ours.inside()).isPositive();
    assertThat(ours.refused()).isPositive();
    assertThat(ours.outside()).isZero();
  }

  private byte checkThenOpen(Path file) throws IOException {
    if (!file.toRealPath().startsWith(root)) {
      throw new IOException("outside");
    }
    try (var in = Files.newInputStream(file)) {
      return (byte) in.read();
    }
  }

  private static byte validateAndOpen(Opening opening, Path file) throws FileException {
    try (CheckedFile checked = opening.open(Argument.at(1, file.toString()));
        OpenedFile opened = checked.take();
        Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(1);
      assertThat(opened.read(0, target)).isEqualTo(1);
      return target.get(ValueLayout.JAVA_BYTE, 0);
    }
  }

  private static Tally race(Swap swap, int tries, Attempt attempt) throws Exception {
    var over = new AtomicBoolean();
    var failure = new Throwable[1];
    Thread swapper =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (!over.get()) {
                      swap.swap();
                    }
                  } catch (IOException e) {
                    failure[0] = e;
                  }
                });
    int inside = 0;
    int outside = 0;
    int refused = 0;
    try {
      for (int i = 0; i < tries; i++) {
        try {
          if (attempt.firstByte() == OUTSIDE) {
            outside++;
          } else {
            inside++;
          }
        } catch (IOException _) {
          refused++;
        }
      }
    } finally {
      over.set(true);
      swapper.join();
    }
    assertThat(failure[0]).isNull();
    return new Tally(inside, outside, refused);
  }

  private void swapFile() throws IOException {
    Path file = root.resolve("in/file");
    Path next = root.resolve("in/next");
    Files.createSymbolicLink(next, folder.at("out/file"));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(next, "inside");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void swapDirectory() throws IOException {
    Path directory = root.resolve("in");
    Path aside = root.resolve("aside");
    Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
    Files.createSymbolicLink(directory, folder.at("out"));
    Files.delete(directory);
    Files.move(aside, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  /// The directory is always there, so that no output makes one.
  private void swapLink() throws IOException {
    for (var target : new String[] {"../out", "real"}) {
      Path next = Files.createSymbolicLink(root.resolve("next"), Path.of(target));
      Files.move(next, root.resolve("in"), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
