package io.filewright.command;

import io.filewright.spi.SymlinkPolicy;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `refuse-final` for REFUSE_FINAL.
final class SymlinkArgument implements ITypeConverter<SymlinkPolicy> {

  @Override
  public SymlinkPolicy convert(String value) {
    try {
      return SymlinkPolicy.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException _) {
      throw new TypeConversionException(
          "expected one of follow, refuse-final, refuse-any but was '" + value + "'");
    }
  }
}
