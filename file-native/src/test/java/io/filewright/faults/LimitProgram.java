package io.filewright.faults;

import io.filewright.FileRuntime;
import io.filewright.Guard;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FileException;
import io.filewright.memory.MemoryBudget;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Runs into a limit of the process and writes down what that looks like, and that all is well
/// again once what was held has been let go.
///
/// Arguments: the limit's name, and a file.
final class LimitProgram {

  private static final long BUDGET_BYTES = 64L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST = 100_000;
  private static final OpenOptions<MmapRegion> MAPPED =
      OpenOptions.readOnly().withPrefault(Prefault.NONE);

  private final FileRuntime runtime;
  private final Path file;
  private final Journal journal = new Journal();
  private final Deque<Closeable> held = new ArrayDeque<>();

  private LimitProgram(FileRuntime runtime, Path file) {
    this.runtime = runtime;
    this.file = file;
  }

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[1]);
    var budget = MemoryBudget.ofBytes(BUDGET_BYTES);
    try (var runtime = FileRuntime.builder().budget(budget).build()) {
      var program = new LimitProgram(runtime, file);
      switch (arguments[0]) {
        case "descriptors" -> program.descriptors();
        case "regions" -> program.regions();
        case "address-space" -> program.addressSpace();
        case "locked-memory" -> program.lockedMemory();
        case "lease" -> program.lease();
        default -> throw new IllegalArgumentException(arguments[0]);
      }
      program.journal.leaks(runtime, budget.usedBytes(), List.of(file));
    }
  }

  /// The classes of a class path with folders are files too, so all that is needed is loaded
  /// before.
  private void descriptors() throws Exception {
    rehearse();
    holdAsManyAsPossible(() -> new FileInputStream("/dev/null"));
    journal.attempt("exhausted.openSync", this::openSync);
    journal.attempt("exhausted.open", this::open);
    letGo();
    journal.attempt("again.openSync", this::openSync);
    journal.attempt("again.open", this::open);
  }

  private void rehearse() throws Exception {
    Class.forName("io.filewright.error.TooManyOpenFiles");
    var _ = openSync();
    var _ = open();
    var nowhere = new LimitProgram(runtime, file.resolveSibling("nowhere"));
    nowhere.journal.attempt("rehearsal", nowhere::openSync);
    nowhere.journal.attempt("rehearsal", nowhere::open);
  }

  private void regions() throws Exception {
    journal.fact("maxRegions", runtime.maxRegions());
    journal.attempt(
        "exhausted.openSync",
        () -> {
          for (int i = 0; i < MOST; i++) {
            held.push(runtime.openSync(file, MAPPED)::close);
          }
          return "";
        });
    journal.fact("held", held.size());
    journal.attempt("exhausted.open", this::open);
    letGo();
    journal.attempt("again.open", this::open);
  }

  /// The file is longer than the address space may be.
  private void addressSpace() {
    journal.attempt("exhausted.openSync", this::openSync);
    journal.attempt("exhausted.open", this::open);
    journal.attempt(
        "again.openSync",
        () -> {
          try (MmapRegion region = runtime.openSync(file, MAPPED.withRange(0, 1 << 20))) {
            return region.backing().name();
          }
        });
  }

  private void lockedMemory() {
    journal.attempt(
        "exhausted.openSync",
        () -> {
          try (MmapRegion region = runtime.openSync(file, MAPPED.withLockInMemory())) {
            return region.backing().name();
          }
        });
    journal.attempt(
        "again.openSync",
        () -> {
          var part = MAPPED.withRange(0, 16 << 10).withLockInMemory();
          try (MmapRegion region = runtime.openSync(file, part)) {
            return region.backing().name();
          }
        });
  }

  private void lease() {
    journal.attempt(
        "refused.openSync",
        () -> {
          var leased = MAPPED.withGuard(Guard.KERNEL_LEASE);
          try (MmapRegion region = runtime.openSync(file, leased)) {
            return region.backing().name();
          }
        });
    journal.attempt("again.openSync", this::openSync);
  }

  private String openSync() throws FileException {
    try (MmapRegion region = runtime.openSync(file, MAPPED)) {
      return region.backing().name();
    }
  }

  private String open() throws Exception {
    try (var handle = runtime.open(file, MAPPED)) {
      return handle.await(PATIENCE).backing().name();
    }
  }

  private interface Opener {
    Closeable open() throws IOException;
  }

  private void holdAsManyAsPossible(Opener opener) {
    try {
      for (int i = 0; i < MOST; i++) {
        held.push(opener.open());
      }
    } catch (IOException _) {
      // That was the last one.
    }
  }

  private void letGo() throws IOException {
    while (!held.isEmpty()) {
      held.pop().close();
    }
  }
}
