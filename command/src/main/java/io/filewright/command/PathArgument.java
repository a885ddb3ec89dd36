package io.filewright.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A path out of an argument, be it UTF-8 or not.
final class PathArgument implements ITypeConverter<Path> {

  private final Supplier<RawArguments> source;
  private @Nullable RawArguments raw;

  /// By the argument itself and not by its text, which others may share: picocli asks twice for
  /// each of a list but the first.
  private final IdentityHashMap<String, Path> damaged = new IdentityHashMap<>();

  PathArgument(Supplier<RawArguments> source) {
    this.source = source;
  }

  @Override
  public Path convert(String argument) {
    try {
      return RawArguments.isDamaged(argument)
          ? damaged.computeIfAbsent(argument, this::meant)
          : Path.of(argument);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("not a path: " + e.getReason());
    }
  }

  private Path meant(String argument) {
    return raw().path(argument).orElseGet(() -> Path.of(argument));
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
