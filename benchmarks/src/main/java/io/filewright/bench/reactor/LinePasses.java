package io.filewright.bench.reactor;

import io.filewright.AsyncFiles;
import io.filewright.bench.kit.FilePass;
import io.filewright.reactor.ReactiveFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.StringDecoder;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.MimeTypeUtils;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/// The characters of all lines, each of which becomes a string.
final class LinePasses {

  private LinePasses() {}

  /// A subscriber that does nothing else: an operator such as `reduce` locks for each element.
  private static long characters(Flux<String> lines) {
    return lines.subscribeWith(new Characters()).await();
  }

  private static final class Characters extends BaseSubscriber<String> {

    private final CompletableFuture<Long> sum = new CompletableFuture<>();
    private long soFar;

    @Override
    protected void hookOnNext(String line) {
      soFar += line.length();
    }

    @Override
    protected void hookOnComplete() {
      sum.complete(soFar);
    }

    @Override
    protected void hookOnError(Throwable error) {
      sum.completeExceptionally(error);
    }

    long await() {
      return sum.join();
    }
  }

  /// Ours, published.
  static final class FluxOfLines extends FilePass {
    @Override
    protected long pass(Path path) {
      return characters(ReactiveFiles.lines(path, StandardCharsets.UTF_8));
    }
  }

  /// Ours, as a stream.
  static final class RegionLines extends FilePass {
    @Override
    protected long pass(Path path) throws IOException {
      try (var region = AsyncFiles.openSync(path);
          var lines = region.lines()) {
        return lines.mapToLong(String::length).sum();
      }
    }
  }

  /// The JDK's.
  static final class FilesLines extends FilePass {
    @Override
    protected long pass(Path path) throws IOException {
      try (var lines = Files.lines(path)) {
        return lines.mapToLong(String::length).sum();
      }
    }
  }

  /// Spring's buffers, cut into lines by its decoder.
  static final class SpringLines extends FilePass {

    private static final int BUFFER_BYTES = 64 << 10;

    @Override
    protected long pass(Path path) {
      var buffers =
          DataBufferUtils.read(path, DefaultDataBufferFactory.sharedInstance, BUFFER_BYTES);
      return characters(
          StringDecoder.textPlainOnly()
              .decode(
                  buffers,
                  ResolvableType.forClass(String.class),
                  MimeTypeUtils.TEXT_PLAIN,
                  Map.of()));
    }
  }
}
