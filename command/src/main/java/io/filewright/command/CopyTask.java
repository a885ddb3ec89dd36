package io.filewright.command;

import io.filewright.AtomicFile;
import io.filewright.error.DataException;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkReader;
import io.filewright.stream.ChunkSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Copies a file, and compares the copy with it before it takes the target's place.
final class CopyTask implements FileTask {

  /// For progress; the kernel copies more at once without it.
  private static final long PIECE_BYTES = 64L << 20;

  private final Path target;
  private final Ways ways;
  private long bytes;
  private @Nullable String method;
  private boolean verified;

  /// What may be done.
  ///
  /// @param kernel whether the kernel may copy
  /// @param verify whether to compare before the commit
  record Ways(boolean kernel, boolean verify) {}

  CopyTask(Path target, Ways ways) {
    this.target = target;
    this.ways = ways;
  }

  @Override
  public CompletionStage<Report> begin(Job job) {
    return TaskThread.start("filewright-copy", () -> copy(job));
  }

  private Report copy(Job job) throws InterruptedException {
    job.begins();
    try {
      write(job);
      return Report.success(json(job).put("error", null), line(job));
    } catch (FileException e) {
      return Report.failure(json(job), e);
    }
  }

  private void write(Job job) throws FileException, InterruptedException {
    try (AtomicFile file = AtomicFile.replacing(target)) {
      long size = ways.kernel ? regularSize(job.path()) : 0;
      if (size > 0) {
        method = "kernel";
        copyInKernel(job, file, size);
      } else {
        method = "streamed";
        copyStreamed(job, file);
      }
      verified = ways.verify && compare(job, file);
      file.commit();
    }
  }

  private void copyInKernel(Job job, AtomicFile file, long size) throws FileException {
    try (var channel = FileChannel.open(job.path())) {
      for (long piece = -1; piece != 0; bytes += piece) {
        piece = file.copyFrom(channel, bytes, PIECE_BYTES);
        job.scanned(bytes, size);
      }
    } catch (FileException e) {
      throw e;
    } catch (IOException e) {
      throw new DataException(
          FailureDetails.of(
              job.path(), "copy", "it cannot be read: " + e.getMessage(), "Check its permissions"),
          e);
    }
  }

  private void copyStreamed(Job job, AtomicFile file) throws FileException, InterruptedException {
    try (ChunkReader reader = ChunkSource.of(job.path()).open()) {
      reader.forEach(
          chunk -> {
            chunk.apply(
                memory -> {
                  file.write(memory);
                  return true;
                });
            bytes += chunk.byteSize();
            job.scanned(bytes, 0);
          });
    }
  }

  /// Returns whether there was anything to compare with: the bytes of a pipe come once.
  private boolean compare(Job job, AtomicFile copy) throws FileException, InterruptedException {
    if (regularSize(job.path()) == 0 && bytes > 0) {
      return false;
    }
    var compared = new AtomicLong();
    ByteBuffer buffer = ByteBuffer.allocateDirect((int) ChunkSource.DEFAULT_CHUNK_BYTES);
    try (ChunkReader source = ChunkSource.of(job.path()).open()) {
      source.forEach(
          chunk -> {
            long mismatch = chunk.apply(memory -> mismatch(memory, chunk, copy, buffer));
            if (mismatch >= 0) {
              throw differs(chunk.byteOffset() + mismatch);
            }
            compared.addAndGet(chunk.byteSize());
          });
    }
    if (compared.get() != bytes) {
      throw differs(compared.get());
    }
    return true;
  }

  private static long mismatch(
      MemorySegment expected, Chunk chunk, AtomicFile copy, ByteBuffer buffer)
      throws FileException {
    buffer.clear().limit((int) chunk.byteSize());
    int count = copy.read(chunk.byteOffset(), buffer);
    return expected.mismatch(MemorySegment.ofBuffer(buffer.flip().limit(count)));
  }

  private DataException differs(long byteOffset) {
    return new DataException(
        FailureDetails.of(
                target,
                "verify",
                "the copy differs from the source here, and was not put in place",
                "Check whether somebody wrote to the source meanwhile, and copy again")
            .withOffset(byteOffset),
        null);
  }

  /// 0 for what has no size of its own, and for what is missing: opening it says why.
  private static long regularSize(Path path) {
    try {
      return Files.isRegularFile(path) ? Files.size(path) : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  private JsonObject json(Job job) {
    return new JsonObject()
        .put(job.path())
        .put("target", target.toString())
        .put("bytes", bytes)
        .put("millis", job.elapsed().decimal())
        .put("method", method)
        .put("verified", verified);
  }

  private String line(Job job) {
    return StateLine.of(
        "Copied",
        job.elapsed(),
        job.path(),
        "%s, %s, %s"
            .formatted(new HumanSize(bytes), method, verified ? "verified" : "not verified"));
  }
}
