package io.filewright.cli;

import java.util.ArrayList;
import java.util.List;

/// Values with rules of their own, looked at one after the other, and then compared with each
/// other. For adapters of parsers; see [FileStager] for whole command lines. Used by one thread.
public final class ValidationRun {

  private final List<CheckedPath> paths = new ArrayList<>();
  private final Diagnosis diagnosis = new Diagnosis(new Suggestions());
  private boolean compare;

  /// One that has looked at nothing yet.
  public static ValidationRun start() {
    return new ValidationRun();
  }

  private ValidationRun() {}

  /// Looks at a value.
  public void add(Argument argument, PathValidator validator) {
    compare |= validator.location().sameness() == Location.Sameness.REFUSED;
    if (validator.notation().patterns() == Notation.Patterns.EXPANDED
        && Glob.isPattern(argument.value())) {
      expand(argument, validator);
    } else {
      paths.add(check(argument, validator));
    }
  }

  void add(CheckedPath path) {
    paths.add(path);
  }

  /// How many paths there are so far; a pattern adds several.
  int size() {
    return paths.size();
  }

  /// All values so far, in the order in which they were added.
  public ValidationReport report() {
    return new ValidationReport(compare ? Distinctness.compared(paths) : paths);
  }

  private void expand(Argument argument, PathValidator validator) {
    switch (Glob.expand(argument.value())) {
      case Glob.Matches(var matches) ->
          matches.forEach(match -> paths.add(check(argument.withPath(match), validator)));
      case Glob.Refused(Problem problem) ->
          paths.add(new CheckedPath(argument, validator, new Finding.NoPath(), List.of(problem)));
    }
  }

  private CheckedPath check(Argument argument, PathValidator validator) {
    if (validator.notation().dash() == Notation.Dash.STANDARD_STREAM
        && argument.value().equals("-")) {
      return new CheckedPath(argument, validator, new Finding.StandardStream(), List.of());
    }
    return switch (Value.parse(argument)) {
      case Value.Refused(Problem problem) ->
          new CheckedPath(argument, validator, new Finding.NoPath(), List.of(problem));
      case Value.Named named -> {
        var problems = new ArrayList<Problem>(0);
        Finding finding = new Inspection(named, validator, diagnosis, problems).run();
        yield new CheckedPath(argument, validator, finding, problems);
      }
    };
  }
}
