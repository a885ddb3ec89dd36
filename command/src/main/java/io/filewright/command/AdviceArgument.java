package io.filewright.command;

import io.filewright.MmapAdvice;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Advice by its name, as in `will-need`.
final class AdviceArgument implements ITypeConverter<MmapAdvice> {

  @Override
  public MmapAdvice convert(String argument) {
    return Arrays.stream(MmapAdvice.values())
        .filter(advice -> name(advice).equalsIgnoreCase(argument.replace('_', '-')))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    Arrays.stream(MmapAdvice.values())
                        .map(AdviceArgument::name)
                        .collect(Collectors.joining(", ", "expected one of ", ""))));
  }

  private static String name(MmapAdvice advice) {
    return advice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
