package io.filewright.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How many lines: a number, or `all`.
final class LineCountArgument implements ITypeConverter<Long> {

  @Override
  public Long convert(String argument) {
    if (argument.equals("all")) {
      return Long.MAX_VALUE;
    }
    try {
      return Math.absExact(Long.parseLong(argument)); // tail's -n -5 means the same
    } catch (ArithmeticException | NumberFormatException e) {
      throw new TypeConversionException("'" + argument + "' is no number of lines");
    }
  }
}
