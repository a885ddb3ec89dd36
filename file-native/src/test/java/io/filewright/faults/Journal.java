package io.filewright.faults;

import io.filewright.FileRuntime;
import io.filewright.error.FailureDetails.Errno;
import io.filewright.error.FileException;
import io.filewright.faults.Outcome.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// A child's side of the report: one line for each attempt, one for each fact.
final class Journal {

  private static final int SETTLE_ATTEMPTS = 40;
  private static final int SETTLE_MILLIS = 25;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  /// Something to try.
  @FunctionalInterface
  interface Operation {

    /// Does it, and says what there is to say about it.
    String run() throws Exception;
  }

  /// Tries once.
  ///
  /// @return whether it went well
  boolean attempt(String name, Operation operation) {
    Outcome outcome;
    try {
      outcome = new Outcome(name, Kind.OK, "", "", "", operation.run());
    } catch (Throwable e) {
      outcome = failure(name, e);
    }
    out.println(outcome.toLine());
    return outcome.kind() == Kind.OK;
  }

  void fact(String name, Object value) {
    out.println("FACT\t" + name + "\t" + value);
  }

  /// Writes down what is still held, after giving work that is under way the time to let go.
  void leaks(FileRuntime runtime, long reservedBytes, List<Path> files)
      throws IOException, InterruptedException {
    for (int i = 0; i < SETTLE_ATTEMPTS && runtime.stats().activeRegions() != 0; i++) {
      Thread.sleep(SETTLE_MILLIS);
    }
    System.gc(); // finds regions which nobody closed
    Thread.sleep(2 * SETTLE_MILLIS);
    var stats = runtime.stats();
    fact("activeRegions", stats.activeRegions());
    fact("mappedBytes", stats.mappedBytes());
    fact("copiedBytes", stats.copiedBytes());
    fact("openDescriptors", stats.openDescriptors());
    fact("leakedRegions", stats.leakedRegions());
    fact("failedCloses", stats.failedCloses());
    fact("reservedBytes", reservedBytes);
    fact("descriptors", descriptors(files));
    fact("mappings", mappings(files));
  }

  private static Outcome failure(String name, Throwable thrown) {
    Throwable failure = unwrapped(thrown);
    String type = failure.getClass().getSimpleName();
    if (failure instanceof FileException e) {
      String errno = e.details().errno().map(Errno::name).orElse("");
      return new Outcome(
          name, Kind.FAILED, type, errno, e.path().toString(), String.valueOf(e.getMessage()));
    }
    failure.printStackTrace();
    return new Outcome(name, Kind.ALIEN, type, "", "", String.valueOf(failure.getMessage()));
  }

  private static Throwable unwrapped(Throwable e) {
    Throwable cause = e.getCause();
    return cause != null && (e instanceof ExecutionException || e instanceof CompletionException)
        ? unwrapped(cause)
        : e;
  }

  private static long descriptors(List<Path> files) throws IOException {
    long found = 0;
    try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path link : links) {
        try {
          found += files.contains(Files.readSymbolicLink(link)) ? 1 : 0;
        } catch (IOException _) {
          // The directory's own descriptor may be gone by now.
        }
      }
    }
    return found;
  }

  private static long mappings(List<Path> files) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1).stream()
        .filter(line -> files.stream().anyMatch(file -> line.endsWith(" " + file)))
        .count();
  }
}
