package io.filewright.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The same work done by several contenders.
///
/// @param title what is done, unique in its suite together with the cache's state
/// @param cache how the files got into the page cache
/// @param files what is worked on
/// @param baseline name of the entrant that ratios refer to: ours
/// @param entrants the rows
/// @param arguments what all are told
/// @param warmUps rounds that do not count
/// @param rounds rounds that count
/// @param goals what ours is to reach
public record Comparison(
    String title,
    CacheState cache,
    FileSet files,
    String baseline,
    List<Entrant> entrants,
    Map<String, String> arguments,
    int warmUps,
    int rounds,
    List<Goal> goals) {

  public Comparison {
    entrants = List.copyOf(entrants);
    arguments = Map.copyOf(arguments);
    goals = List.copyOf(goals);
    if (entrants.stream().noneMatch(entrant -> entrant.name().equals(baseline))) {
      throw new IllegalArgumentException(title + ": no entrant is named " + baseline);
    }
  }

  /// The first entrant is ours.
  public static Comparison of(
      String title, CacheState cache, FileSet files, Settings settings, List<Entrant> entrants) {
    var arguments = new HashMap<String, String>();
    settings.engine().ifPresent(engine -> arguments.put("engine", engine));
    return new Comparison(
        title,
        cache,
        files,
        entrants.getFirst().name(),
        entrants,
        arguments,
        2,
        settings.rounds().orElse(settings.quick() ? 3 : 7),
        List.of());
  }

  /// All are told one thing more.
  public Comparison with(String key, Object value) {
    var more = new HashMap<>(arguments);
    more.put(key, value.toString());
    return new Comparison(title, cache, files, baseline, entrants, more, warmUps, rounds, goals);
  }

  /// Other numbers of rounds; what the command line says about the rounds comes first.
  public Comparison withRounds(int newWarmUps, int newRounds, Settings settings) {
    return new Comparison(
        title,
        cache,
        files,
        baseline,
        entrants,
        arguments,
        newWarmUps,
        settings.rounds().orElse(newRounds),
        goals);
  }

  /// With one goal more.
  public Comparison withGoal(Goal goal) {
    var more = new ArrayList<>(goals);
    more.add(goal);
    return new Comparison(
        title, cache, files, baseline, entrants, arguments, warmUps, rounds, more);
  }
}
