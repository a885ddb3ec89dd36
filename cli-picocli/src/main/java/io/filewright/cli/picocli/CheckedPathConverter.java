package io.filewright.cli.picocli;

import io.filewright.cli.Argument;
import io.filewright.cli.CheckedPath;
import io.filewright.cli.PathValidator;
import io.filewright.cli.Problem;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Makes a [CheckedPath] of a value while picocli parses it, which ends at the first value that is
/// refused. [PathChecks] finds all.
///
/// ```java
/// commandLine.registerConverter(
///     CheckedPath.class, new CheckedPathConverter(PathValidator.source("csv")))
/// ```
public class CheckedPathConverter implements ITypeConverter<CheckedPath> {

  private final PathValidator validator;

  /// With the rules of [PathValidator#input], for `@Option(converter = ...)`.
  public CheckedPathConverter() {
    this(PathValidator.input());
  }

  /// With rules of your own.
  public CheckedPathConverter(PathValidator validator) {
    this.validator = validator;
  }

  @Override
  public CheckedPath convert(String value) {
    var report = validator.validate(List.of(Argument.at(1, value)));
    if (!report.isOk()) {
      throw new TypeConversionException(
          report.errors().stream()
              .flatMap(path -> path.problems().stream())
              .map(Problem::message)
              .collect(Collectors.joining(" ")));
    }
    if (report.paths().size() != 1) {
      throw new TypeConversionException("the pattern stands for more than one file.");
    }
    return report.paths().getFirst();
  }
}
