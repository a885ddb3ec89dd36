package io.filewright.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of bytes, such as `65536`, `64K`, `64KiB` or `2g`: multiples of 1024.
final class SizeArgument implements ITypeConverter<Long> {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})([KMGT]?)(I?B)?");
  private static final String UNITS = "KMGT";

  @Override
  public Long convert(String argument) {
    Matcher size = SIZE.matcher(argument.toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      throw new TypeConversionException("'" + argument + "' is not a size such as 64M");
    }
    int power = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
    try {
      return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * power));
    } catch (ArithmeticException _) {
      throw new TypeConversionException("'" + argument + "' is too large");
    }
  }
}
