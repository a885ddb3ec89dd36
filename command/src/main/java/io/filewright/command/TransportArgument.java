package io.filewright.command;

import io.filewright.netty.Transport;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A transport as an argument, by the name that help and output use.
final class TransportArgument implements ITypeConverter<Transport> {

  @Override
  public Transport convert(String value) {
    return named(value)
        .orElseThrow(() -> new TypeConversionException("expected " + names() + ", got " + value));
  }

  static Optional<Transport> named(String name) {
    return Arrays.stream(Transport.values())
        .filter(transport -> name(transport).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  static String name(Transport transport) {
    return switch (transport) {
      case IO_URING -> "io_uring";
      case EPOLL -> "epoll";
      case NIO -> "nio";
    };
  }

  private static String names() {
    return Arrays.stream(Transport.values())
        .map(TransportArgument::name)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
