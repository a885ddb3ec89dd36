package io.filewright.faults;

import io.filewright.FileRuntime;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;

/// Writes down what each engine says about what is in memory of two files that are not.
///
/// Arguments: a file of its own, and one of somebody else's that it may only read.
final class ForeignFileProgram {

  private ForeignFileProgram() {}

  public static void main(String[] arguments) throws Exception {
    var journal = new Journal();
    Path own = Path.of(arguments[0]);
    Path foreign = Path.of(arguments[1]);
    for (String engine : List.of("populate", "portable")) {
      try (var runtime = FileRuntime.builder().engine(engine).build()) {
        journal.fact(engine + ".own", look(runtime, own));
        journal.fact(engine + ".foreign", look(runtime, foreign));
      }
    }
    journal.fact("jdk.own", isLoaded(own));
    journal.fact("jdk.foreign", isLoaded(foreign));
  }

  private static String look(FileRuntime runtime, Path file) throws Exception {
    try (var region = runtime.openSync(file, OpenOptions.readOnly().withPrefault(Prefault.NONE))) {
      return region.residency() + ", " + region.isResident(0, region.byteSize());
    }
  }

  /// What mincore(2) says.
  private static boolean isLoaded(Path file) throws Exception {
    try (var channel = FileChannel.open(file);
        var arena = Arena.ofConfined()) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena).isLoaded();
    }
  }
}
