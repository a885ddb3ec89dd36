package io.filewright.faults;

import io.filewright.CopyOnWriteRegion;
import io.filewright.FileRuntime;
import io.filewright.OpenOptions;
import io.filewright.WritableRegion;
import io.filewright.memory.MemoryBudget;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// Writes to regions on command. Each line of the standard input is an operation and a number,
/// which is ignored; what became of it is an outcome. Each operation opens its file anew.
///
/// Argument: a folder.
final class WriteProgram {

  static final int BYTES = 300_000;

  private static final long BUDGET_BYTES = 64L << 20;
  private static final int PATIENCE_SECONDS = 10;
  private static final MemorySegment NEW = MemorySegment.ofArray(filled(2));

  private final FileRuntime runtime;
  private final MemoryBudget budget;
  private final Path folder;
  private final Journal journal = new Journal();

  private WriteProgram(FileRuntime runtime, MemoryBudget budget, Path folder) {
    this.runtime = runtime;
    this.budget = budget;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    var budget = MemoryBudget.ofBytes(BUDGET_BYTES);
    try (var runtime = FileRuntime.builder().engine("populate").budget(budget).build();
        var commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      var program = new WriteProgram(runtime, budget, Path.of(arguments[0]));
      for (var operation :
          new String[] {"update", "async", "grow", "cut", "create", "private", "commit"}) {
        program.run("reset");
        program.run(operation);
      }
      program.run("held");
      System.out.println("READY");
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        program.run(line.split(" ", -1)[0]);
      }
    }
  }

  private void run(String operation) throws Exception {
    Path file = folder.resolve("file");
    switch (operation) {
      case "update" -> journal.attempt(operation, () -> update(file));
      case "async" -> journal.attempt(operation, () -> updateAsync(file));
      case "grow" -> journal.attempt(operation, () -> resize(file, 2 * BYTES));
      case "cut" -> journal.attempt(operation, () -> resize(file, BYTES / 2));
      case "create" -> journal.attempt(operation, () -> create(folder.resolve("created")));
      case "private" -> journal.attempt(operation, () -> diverge(file));
      case "commit" -> journal.attempt(operation, () -> commit(file));
      case "reset" -> journal.attempt(operation, () -> reset(file));
      case "held" -> journal.attempt(operation, this::held);
      default -> throw new IllegalArgumentException(operation);
    }
    System.out.println("DONE");
  }

  private String update(Path file) throws Exception {
    try (WritableRegion region = runtime.openSync(file, OpenOptions.readWrite())) {
      region.write(0, NEW);
      region.force();
    }
    return "";
  }

  private String updateAsync(Path file) throws Exception {
    try (WritableRegion region = runtime.openSync(file, OpenOptions.readWrite())) {
      region.writeAsync(0, NEW).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      region.forceAsync(0, BYTES).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    return "";
  }

  private String resize(Path file, long byteSize) throws Exception {
    try (WritableRegion region = runtime.openSync(file, OpenOptions.readWrite())) {
      region.resize(byteSize);
    }
    return "";
  }

  private String create(Path file) throws Exception {
    try (WritableRegion region = runtime.openSync(file, OpenOptions.createNew(BYTES))) {
      region.fill(0, BYTES, (byte) 2);
      region.force();
    } finally {
      Files.deleteIfExists(file);
    }
    return "";
  }

  /// What is written here must be read here, and must not be in the file.
  private String diverge(Path file) throws Exception {
    try (CopyOnWriteRegion region = runtime.openSync(file, OpenOptions.copyOnWrite())) {
      region.write(0, NEW);
      if (!Arrays.equals(region.toByteArray(), filled(2))) {
        throw new AssertionError("what was written is not there");
      }
    }
    return "";
  }

  private String commit(Path file) throws Exception {
    try (CopyOnWriteRegion region = runtime.openSync(file, OpenOptions.copyOnWrite())) {
      region.write(0, NEW);
      region.commitTo(file);
    }
    return "";
  }

  private static String reset(Path file) throws Exception {
    Files.write(file, filled(1));
    return "";
  }

  private String held() throws Exception {
    var stats = runtime.stats();
    long descriptors;
    try (var links = Files.list(Path.of("/proc/self/fd"))) {
      descriptors = links.count();
    }
    return "regions=%d mapped=%d copied=%d open=%d leaked=%d reserved=%d descriptors=%d"
        .formatted(
            stats.activeRegions(),
            stats.mappedBytes(),
            stats.copiedBytes(),
            stats.openDescriptors(),
            stats.leakedRegions(),
            budget.usedBytes(),
            descriptors - stats.failedCloses());
  }

  static byte[] filled(int value) {
    var bytes = new byte[BYTES];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
