package io.filewright.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A path out of an argument, be it UTF-8 or not.
final class PathArgument implements ITypeConverter<Path> {

  private final Supplier<RawArguments> source;
  private @Nullable RawArguments raw;

  PathArgument(Supplier<RawArguments> source) {
    this.source = source;
  }

  @Override
  public Path convert(String argument) {
    try {
      return RawArguments.isDamaged(argument)
          ? raw().path(argument).orElseGet(() -> Path.of(argument))
          : Path.of(argument);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("not a path: " + e.getReason());
    }
  }

  /// Read only if needed, and once for all arguments.
  private RawArguments raw() {
    RawArguments known = raw;
    if (known == null) {
      known = source.get();
      raw = known;
    }
    return known;
  }
}
