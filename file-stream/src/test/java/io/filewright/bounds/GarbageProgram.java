package io.filewright.bounds;

import com.sun.management.ThreadMXBean;
import io.filewright.scan.ByteScan;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.StreamConfig;
import io.filewright.stream.StreamEngine;
import io.filewright.stream.StreamMode;
import io.filewright.stream.StreamingProcessor;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/// Counts the zeros of a file again and again by one worker, and prints what one pass takes of the
/// heap in bytes once all is compiled.
///
/// Arguments: the file, the bytes of a chunk, the passes before.
public final class GarbageProgram {

  private static final int PASSES = 10;

  private GarbageProgram() {}

  public static void main(String[] args) throws Exception {
    var processor = StreamingProcessor.of(StreamConfig.defaults().withMode(StreamMode.STREAM));
    var source =
        ChunkSource.of(Path.of(args[0]))
            .withChunkSize(Long.parseLong(args[1]))
            .withEngine(StreamEngine.READ);
    for (int passes = Integer.parseInt(args[2]); passes > 0; passes--) {
      zeros(processor, source);
    }
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int passes = PASSES; passes > 0; passes--) {
      zeros(processor, source);
    }
    System.out.println((threads.getCurrentThreadAllocatedBytes() - before) / PASSES);
  }

  private static void zeros(StreamingProcessor processor, ChunkSource source) throws Exception {
    processor.aggregate(
        source,
        () -> 0L,
        (sum, chunk) -> sum + chunk.<Long>apply(memory -> ByteScan.count(memory, (byte) 0)),
        Long::sum);
  }
}
