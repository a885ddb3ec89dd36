package io.filewright.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// A value on the command line that names a file.
///
/// @param place where it stood
/// @param value as it was given
/// @param path the file that it names, where the value does not tell all of it: a name that is not
///   UTF-8 has lost bytes as a string
public record Argument(Place place, String value, Optional<Path> path) {

  public Argument {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(path, "path");
  }

  /// The value of an option, such as `--input`.
  public static Argument ofOption(String name, String value) {
    return new Argument(new Place.Option(name), value, Optional.empty());
  }

  /// The n-th argument that belongs to no option, from 1.
  public static Argument at(int number, String value) {
    return new Argument(new Place.Position(number), value, Optional.empty());
  }

  /// The n-th argument, already a path.
  public static Argument at(int number, Path path) {
    return new Argument(new Place.Position(number), path.toString(), Optional.of(path));
  }

  Argument withPath(Path matched) {
    return new Argument(place, value, Optional.of(matched));
  }
}
