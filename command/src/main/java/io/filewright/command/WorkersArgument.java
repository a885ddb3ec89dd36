package io.filewright.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of threads.
final class WorkersArgument implements ITypeConverter<Integer> {

  private static final int MOST = 256;

  @Override
  public Integer convert(String argument) {
    try {
      int workers = Integer.parseInt(argument);
      if (workers >= 1 && workers <= MOST) {
        return workers;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new TypeConversionException("'" + argument + "' is not a number from 1 to " + MOST);
  }
}
