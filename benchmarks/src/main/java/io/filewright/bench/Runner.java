package io.filewright.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Plays comparisons: all contenders are started, then take turns. The order of the turns is
/// reversed in every other round.
final class Runner {

  /// A file that is still this much in memory was not cold.
  private static final long WARM_PERCENT = 2;

  private final Workspace workspace;
  private final Launcher launcher;
  private final PageCache cache;

  Runner(Workspace workspace, Launcher launcher) {
    this.workspace = workspace;
    this.launcher = launcher;
    this.cache = new PageCache(workspace.folder());
  }

  Result run(Comparison comparison) throws IOException, InterruptedException {
    if (comparison.cache() == CacheState.COLD) {
      Optional<String> reason = cache.noCold();
      if (reason.isPresent()) {
        return Result.skipped(comparison, reason.get());
      }
    }
    List<Path> files = comparison.files().files(workspace.filesFolder());
    prepare(comparison, files);
    var play = new Play(comparison, files);
    try {
      play.start();
      play.rounds(comparison.warmUps(), false);
      play.rounds(comparison.rounds(), true);
      return play.result();
    } finally {
      play.end();
    }
  }

  private void prepare(Comparison comparison, List<Path> files)
      throws IOException, InterruptedException {
    workspace.provide(comparison.files(), comparison.cache() == CacheState.WRITTEN);
    if (comparison.cache() == CacheState.READ_IN) {
      cache.readIn(files);
    }
  }

  /// One comparison under way.
  private final class Play {
    private final Comparison comparison;
    private final List<Path> files;
    private final Map<String, ChildProcess> running = new LinkedHashMap<>();
    private final Map<String, Rounds> records = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    Play(Comparison comparison, List<Path> files) {
      this.comparison = comparison;
      this.files = files;
      launcher.noPinning().ifPresent(notes::add);
    }

    void start() throws IOException, InterruptedException {
      var arguments = new LinkedHashMap<>(comparison.arguments());
      arguments.put("dir", workspace.filesFolder().toString());
      arguments.put("count", String.valueOf(comparison.files().count()));
      for (Entrant entrant : comparison.entrants()) {
        var rounds = new Rounds();
        records.put(entrant.name(), rounds);
        try {
          var command = launcher.command(entrant, arguments);
          running.put(entrant.name(), ChildProcess.start(command, workspace));
        } catch (MissingException e) {
          rounds.trouble = Optional.of(Result.Trouble.missing(String.valueOf(e.getMessage())));
        } catch (IOException e) {
          rounds.trouble = Optional.of(Result.Trouble.failed(String.valueOf(e.getMessage())));
        }
      }
    }

    void rounds(int count, boolean measured) throws IOException, InterruptedException {
      for (int round = 0; round < count; round++) {
        var order = new ArrayList<>(running.keySet());
        if (round % 2 == 1) {
          Collections.reverse(order);
        }
        for (String name : order) {
          if (measured && comparison.cache() == CacheState.COLD) {
            cool(name);
          }
          turn(name, measured);
        }
      }
    }

    Result result() {
      var rows = new ArrayList<Result.Row>();
      for (Entrant entrant : comparison.entrants()) {
        Rounds rounds = records.getOrDefault(entrant.name(), new Rounds());
        ChildProcess child = running.get(entrant.name());
        if (child == null) {
          rows.add(Result.Row.without(entrant.name(), rounds.trouble.orElseThrow()));
        } else {
          rows.add(
              new Result.Row(
                  entrant.name(),
                  rounds.trouble,
                  rounds.outcomes,
                  rounds.cpuSeconds,
                  child.status().rssAnonKib(),
                  child.status().peakRssKib()));
          child.complaints().stream()
              .limit(1)
              .forEach(line -> notes.add("'%s' prints: %s".formatted(entrant.name(), line)));
        }
      }
      return new Result(comparison, Optional.empty(), rows, List.copyOf(notes));
    }

    void end() throws InterruptedException {
      for (ChildProcess child : running.values()) {
        child.end();
      }
    }

    private void turn(String name, boolean measured) throws InterruptedException {
      ChildProcess child = running.get(name);
      Rounds rounds = records.get(name);
      if (child == null || rounds == null) {
        return;
      }
      try {
        double before = child.status().cpuSeconds();
        Outcome outcome = child.round();
        if (measured) {
          rounds.cpuSeconds += child.status().cpuSeconds() - before;
          rounds.outcomes.add(outcome);
        }
      } catch (IOException | MissingException e) {
        Result.Trouble trouble =
            e instanceof MissingException
                ? Result.Trouble.missing(String.valueOf(e.getMessage()))
                : Result.Trouble.failed(String.valueOf(e.getMessage()));
        rounds.trouble = Optional.of(trouble);
        running.remove(name);
        child.end();
      }
    }

    private void cool(String name) throws IOException, InterruptedException {
      cache.evict(files);
      if (!files.isEmpty()) {
        cache
            .residentPercent(files.getFirst())
            .filter(percent -> percent >= WARM_PERCENT)
            .ifPresent(
                percent ->
                    notes.add(
                        "%d %% were in memory before a round of '%s'".formatted(percent, name)));
      }
    }
  }

  /// The rounds of one contender so far.
  private static final class Rounds {
    private final List<Outcome> outcomes = new ArrayList<>();
    private double cpuSeconds;
    private Optional<Result.Trouble> trouble = Optional.empty();
  }
}
