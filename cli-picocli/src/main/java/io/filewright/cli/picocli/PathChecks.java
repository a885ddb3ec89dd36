package io.filewright.cli.picocli;

import io.filewright.cli.Argument;
import io.filewright.cli.PathValidator;
import io.filewright.cli.Place;
import io.filewright.cli.ValidationReport;
import io.filewright.cli.ValidationRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Rules for options and parameters by their names:
///
/// ```java
/// PathChecks.of()
///     .withOption("--input", PathValidator.input())
///     .withParameter("FILE", PathValidator.input().withExtensions("csv"))
///     .install(new CommandLine(new App()))
///     .execute(args)
/// ```
///
/// Whatever type a field has, its value is checked as it was written on the command line. Default
/// values are not checked. Immutable.
public final class PathChecks {

  private final Map<String, PathValidator> options;
  private final Map<String, PathValidator> parameters;

  private PathChecks(Map<String, PathValidator> options, Map<String, PathValidator> parameters) {
    this.options = options;
    this.parameters = parameters;
  }

  /// No rules at all.
  public static PathChecks of() {
    return new PathChecks(Map.of(), Map.of());
  }

  /// Rules for an option, by one of its names, such as `--input`.
  public PathChecks withOption(String name, PathValidator validator) {
    return new PathChecks(with(options, name, validator), parameters);
  }

  /// Rules for a positional parameter, by its label (`paramLabel`), such as `FILE`.
  public PathChecks withParameter(String label, PathValidator validator) {
    return new PathChecks(options, with(parameters, label, validator));
  }

  /// Has a command line checked when it has been parsed and before it is executed. What is wrong
  /// goes to its handler of parameter exceptions, as any mistake of usage does.
  ///
  /// @return the same command line
  public CommandLine install(CommandLine commandLine) {
    var strategy = commandLine.getExecutionStrategy();
    return commandLine.setExecutionStrategy(
        parsed -> {
          requireOk(parsed);
          return strategy.execute(parsed);
        });
  }

  /// What is known about all values of a parsed command line: those of an option or parameter
  /// together, in the order in which these come first.
  ///
  /// @throws ParameterException with the text of the report, if anything is wrong
  public ValidationReport requireOk(ParseResult parsed) {
    ValidationReport report = check(parsed);
    if (!report.isOk()) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(), "Some files cannot be used:\n" + report.text());
    }
    return report;
  }

  /// The same without the exception.
  public ValidationReport check(ParseResult parsed) {
    var checked = ValidationRun.start();
    int number = 0;
    for (Optional<ParseResult> level = Optional.of(parsed); level.isPresent(); ) {
      for (ArgSpec spec : new LinkedHashSet<>(level.get().matchedArgs())) {
        List<String> values = new ArrayList<>(spec.originalStringValues());
        for (String value : values) {
          var place = place(spec, number + 1);
          number += spec.isPositional() ? 1 : 0;
          validator(spec)
              .ifPresent(rules -> checked.add(new Argument(place, value, Optional.empty()), rules));
        }
      }
      level =
          level.get().hasSubcommand() ? Optional.of(level.get().subcommand()) : Optional.empty();
    }
    return checked.report();
  }

  private static Place place(ArgSpec spec, int number) {
    return spec instanceof OptionSpec option
        ? new Place.Option(option.longestName())
        : new Place.Position(number);
  }

  private Optional<PathValidator> validator(ArgSpec spec) {
    if (spec instanceof OptionSpec option) {
      return List.of(option.names()).stream()
          .filter(options::containsKey)
          .map(options::get)
          .findFirst();
    }
    return Optional.ofNullable(parameters.get(spec.paramLabel()));
  }

  private static Map<String, PathValidator> with(
      Map<String, PathValidator> rules, String name, PathValidator validator) {
    var more = new LinkedHashMap<>(rules);
    more.put(name, validator);
    return more;
  }
}
