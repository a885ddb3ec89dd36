package io.filewright.reactor;

import io.filewright.error.FileException;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a function makes of each chunk.
///
/// @param <T> its results
final class MappingPass<T> implements Pass<T> {

  private final Chunks chunks;
  private final ChunkFunction<T> function;

  private MappingPass(Chunks chunks, ChunkFunction<T> function) {
    this.chunks = chunks;
    this.function = function;
  }

  static <T> MappingPass<T> open(ChunkSource source, ChunkFunction<T> function)
      throws FileException, InterruptedException {
    return new MappingPass<>(Chunks.open(source), function);
  }

  @Override
  public @Nullable T next() throws FileException {
    return chunks.mapNext(this::map).orElse(null);
  }

  private T map(Chunk chunk) throws FileException {
    return Objects.requireNonNull(
        function.apply(chunk),
        () ->
            "the function made null of the chunk at byte %d of [%s]"
                .formatted(chunk.byteOffset(), chunk.path()));
  }

  @Override
  public boolean isExhausted() {
    return chunks.isExhausted();
  }

  @Override
  public void close() {
    chunks.close();
  }
}
