package io.filewright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `bench SUITE`, `bench jmh`, `bench --list`.
///
/// Exits with 0; 1 if a contender failed or results differ (a missed goal is no failure: it is a
/// figure), or if files cannot be written; 2 if the command line is wrong.
public final class Main {

  private static final String USAGE =
      """
      usage: bench SUITE [options]      runs a suite side by side with its peers
             bench jmh [REGEX] [...]    runs the JMH benchmarks that match, with JMH's options
             bench --list               lists the suites\
      """;

  private Main() {}

  /// Runs a suite.
  static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) throws IOException, InterruptedException {
    String command = arguments.isEmpty() ? "--help" : arguments.getFirst();
    List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
    switch (command) {
      case "--help", "-h" -> {
        System.out.println(USAGE + "\n" + Settings.OPTIONS);
        return arguments.isEmpty() ? 2 : 0;
      }
      case "--list" -> {
        list();
        return 0;
      }
      case "jmh" -> {
        return JmhCommand.run(rest);
      }
      default -> {
        Optional<Suite> suite = Suites.find(command);
        if (suite.isEmpty()) {
          System.err.println("bench: there is no suite '" + command + "'. See bench --list.");
          return 2;
        }
        try {
          return run(suite.get(), Settings.parse(rest), arguments);
        } catch (IllegalArgumentException e) {
          System.err.println("bench: " + e.getMessage() + ". See bench --help.");
          return 2;
        } catch (IOException e) {
          System.err.println("bench: " + e);
          return 1;
        }
      }
    }
  }

  private static void list() {
    Suites.ALL.forEach(suite -> System.out.printf("%-6s %s%n", suite.name(), suite.description()));
    System.out.printf("%-6s %s%n", "jmh", "costs of single calls, by JMH");
  }

  private static int run(Suite suite, Settings settings, List<String> arguments)
      throws IOException, InterruptedException {
    var results = new ArrayList<Result>();
    try (var workspace = Workspace.below(settings.folder())) {
      Map<String, Object> machine = Machine.describe(workspace.folder(), settings.engine());
      machine.forEach((name, value) -> System.out.println(name + ": " + value));
      var runner = new Runner(workspace, new Launcher(workspace.folder(), settings.cores()));
      for (Comparison comparison : suite.comparisons(settings)) {
        String name = comparison.title() + " " + comparison.cache().label();
        if (!settings.only().matcher(name).find()) {
          continue;
        }
        Result result = runner.run(comparison);
        results.add(result);
        Report.lines(result).forEach(System.out::println);
      }
      suite.summary(results).forEach(System.out::println);
      goals(results);
      if (settings.json().isPresent()) {
        var map = new LinkedHashMap<String, Object>();
        map.put("suite", suite.name());
        map.put("command", String.join(" ", arguments));
        map.put("time", Instant.now());
        map.put("machine", machine);
        map.put("comparisons", results.stream().map(Report::toMap).toList());
        Files.writeString(settings.json().get(), Json.write(map) + "\n");
      }
    }
    return results.stream().allMatch(Result::isSound) ? 0 : 1;
  }

  private static void goals(List<Result> results) {
    var lines = new ArrayList<String>();
    for (Result result : results) {
      String name = result.comparison().title() + " · " + result.comparison().cache().label();
      result.verdicts().forEach(verdict -> lines.add("   [" + name + "] " + verdict));
      if (!result.isSound()) {
        lines.add("   [" + name + "] NOT SOUND: see above");
      }
    }
    if (!lines.isEmpty()) {
      System.out.println("\n== goals");
      lines.forEach(System.out::println);
    }
  }
}
