package io.filewright.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A port: 0 to 65535.
final class PortArgument implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String argument) {
    try {
      int port = Integer.parseInt(argument);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException _) {
      // See below.
    }
    throw new TypeConversionException("'" + argument + "' is no port, which is 0 to 65535");
  }
}
