package io.filewright.bench.validate;

import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Goal;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.Suite;
import java.util.List;

/// Validation of many paths in one call.
public final class ValidateSuite implements Suite {

  private static final int PATHS = 100_000;
  private static final int QUICK_PATHS = 20_000;
  private static final double LIMIT = 2;

  private static final String OURS = "ours: PathValidator.validate";
  private static final String BARE = "Files.readAttributes, loop";

  @Override
  public String name() {
    return "validate";
  }

  @Override
  public String description() {
    return "many paths checked in one call, beside one look at each";
  }

  @Override
  public List<Comparison> comparisons(Settings settings) {
    int paths = settings.quick() ? QUICK_PATHS : PATHS;
    var entrants =
        List.of(
            Entrant.of(OURS, Program.java(Validations.Ours.class)),
            Entrant.of(BARE, Program.java(Validations.Bare.class)),
            Entrant.of(
                "Files.readAttributes and isReadable",
                Program.java(Validations.StatAndAccess.class)));
    return List.of(
        Comparison.of(paths + " paths", CacheState.NONE, FileSet.EMPTY, settings, entrants)
            .with("paths", paths)
            .withRounds(4, settings.quick() ? 5 : 11, settings)
            .withGoal(new Goal.TimeAtMost(OURS, BARE, LIMIT, 0)));
  }
}
