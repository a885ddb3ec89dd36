package io.filewright.reactor;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.filewright.MmapRegion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;

/// The rules of Reactive Streams, as its compatibility kit checks them. It is written for TestNG;
/// here each of its checks is a test of JUnit's.
final class StreamRulesTest {

  private static final long PATIENCE_MILLIS = 500;
  private static final long QUIET_MILLIS = 30;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> rules() {
    Map<String, Function<Path, Publisher<?>>> publishers =
        Map.of(
            "lines", file -> ReactiveFiles.lines(file, StandardCharsets.UTF_8),
            "records", file -> ReactiveFiles.records(file, (byte) '\n'),
            "chunks", file -> ReactiveFiles.chunks(file, 2).doOnNext(MmapRegion::close),
            "mapChunks", file -> ReactiveFiles.mapChunks(file, 2, chunk -> chunk.index()));
    return publishers.entrySet().stream()
        .flatMap(
            entry ->
                Stream.of(PublisherVerification.class.getMethods())
                    .filter(m -> m.isAnnotationPresent(org.testng.annotations.Test.class))
                    .map(
                        m ->
                            dynamicTest(
                                entry.getKey() + ": " + m.getName(),
                                () -> check(m, entry.getValue()))));
  }

  private void check(Method rule, Function<Path, Publisher<?>> publisher) throws Throwable {
    var verification = new Verification(folder, publisher);
    verification.setUp();
    try {
      rule.invoke(verification);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SkipException skipped) {
        Assumptions.abort(skipped.getMessage());
      }
      throw e.getCause();
    }
  }

  private static final class Verification extends PublisherVerification<Object> {

    private static final long MOST_ELEMENTS = 10_000;

    private final Path folder;
    private final Function<Path, Publisher<?>> publisher;

    Verification(Path folder, Function<Path, Publisher<?>> publisher) {
      super(new TestEnvironment(PATIENCE_MILLIS, QUIET_MILLIS));
      this.folder = folder;
      this.publisher = publisher;
    }

    @Override
    public long maxElementsFromPublisher() {
      return MOST_ELEMENTS;
    }

    @Override
    @SuppressWarnings("unchecked") // its elements are only looked at
    public Publisher<Object> createPublisher(long elements) {
      try {
        Path file = folder.resolve("elements-" + elements);
        Files.writeString(file, "a\n".repeat(Math.toIntExact(elements)));
        return (Publisher<Object>) publisher.apply(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// A file is opened with the first request, so that a failure does not come before.
    @Override
    @SuppressWarnings("unchecked") // has no elements
    public Publisher<Object> createFailedPublisher() {
      return null;
    }
  }
}
