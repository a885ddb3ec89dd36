package io.filewright.bench.reactor;

import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Goal;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.Suite;
import io.filewright.bench.Units;
import java.util.List;

/// A hot file through Reactor: in chunks, and line by line.
public final class ReactorSuite implements Suite {

  private static final double CHUNKS_LIMIT = 0.9;
  private static final double LINES_LIMIT = 3.0;

  /// Until then some of them still share the processors with the compiler.
  private static final int LINES_WARM_UPS = 6;

  private static final String SLICES = "ours: Flux of slices";
  private static final String RESULTS = "ours: Flux of results";
  private static final String LOOP = "loop over slices";
  private static final String LINES = "ours: Flux of lines";
  private static final String JDK_LINES = "Files.lines";
  private static final String SPRING_LINES = "Spring DataBufferUtils, StringDecoder";

  @Override
  public String name() {
    return "reactor";
  }

  @Override
  public String description() {
    return "a file through Reactor, in chunks and line by line, beside loops, streams and Spring";
  }

  @Override
  public List<Comparison> comparisons(Settings settings) {
    long size = settings.sizeOr(settings.quick() ? 128L << 20 : 1L << 30);
    return List.of(
        Comparison.of(
                "line feeds of %s, chunks of 1 MiB".formatted(Units.size(size)),
                CacheState.READ_IN,
                FileSet.of(1, size),
                settings,
                List.of(
                    Entrant.of(SLICES, Program.java(ChunkPasses.FluxOfSlices.class)),
                    Entrant.of(RESULTS, Program.java(ChunkPasses.FluxOfResults.class)),
                    Entrant.of(LOOP, Program.java(ChunkPasses.Loop.class))))
            .withGoal(new Goal.SpeedAtLeast(SLICES, LOOP, CHUNKS_LIMIT))
            .withGoal(new Goal.SpeedAtLeast(RESULTS, LOOP, CHUNKS_LIMIT)),
        Comparison.of(
                "characters of the lines of " + Units.size(size),
                CacheState.READ_IN,
                FileSet.of(1, size),
                settings,
                List.of(
                    Entrant.of(LINES, Program.java(LinePasses.FluxOfLines.class)),
                    Entrant.of(
                        "ours: lines() of a region", Program.java(LinePasses.RegionLines.class)),
                    Entrant.of(JDK_LINES, Program.java(LinePasses.FilesLines.class)),
                    Entrant.of(SPRING_LINES, Program.java(LinePasses.SpringLines.class))))
            .withRounds(LINES_WARM_UPS, settings.quick() ? 3 : 7, settings)
            .withGoal(new Goal.SpeedAtLeast(LINES, JDK_LINES, LINES_LIMIT))
            .withGoal(new Goal.SpeedAtLeast(LINES, SPRING_LINES, LINES_LIMIT)));
  }
}
