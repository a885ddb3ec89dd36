package io.filewright.sink;

import io.filewright.error.FileException;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.ChunkSink;
import io.filewright.stream.ChunkWriter;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/// Writes until a sync is due, waits without a call until the memory has been given back, and
/// prints what the next write and the commit say.
///
/// Argument: the file.
public final class SinkProgram {

  private SinkProgram() {}

  public static void main(String[] args) throws Exception {
    var budget = MemoryBudget.ofBytes(1 << 20);
    ChunkSink sink = ChunkSink.replacing(Path.of(args[0])).withBudget(budget);
    try (Arena arena = Arena.ofConfined();
        ChunkWriter writer = sink.open()) {
      writer.write(arena.allocate(ChunkSink.WRITE_BEHIND_BYTES));
      while (budget.usedBytes() > 0) {
        Thread.sleep(1);
      }
      print(() -> writer.write(arena.allocate(1)));
      print(writer::commit);
    }
  }

  private interface Call {
    void run() throws FileException;
  }

  private static void print(Call call) {
    try {
      call.run();
      System.out.println("done");
    } catch (FileException e) {
      System.out.println(e.getMessage());
    }
  }
}
