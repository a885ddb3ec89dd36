package io.filewright.cli.picocli;

import io.filewright.cli.PathValidator;

/// With the rules of [PathValidator#output], for `@Option(converter = ...)`.
public final class OutputPathConverter extends CheckedPathConverter {

  public OutputPathConverter() {
    super(PathValidator.output());
  }
}
