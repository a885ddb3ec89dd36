package io.filewright.cli;

import io.filewright.cli.Slot.Need;
import io.filewright.cli.Slot.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Takes a command line apart, and checks all files that it names with one look at each. For
/// programs without a parser of their own; picocli has an adapter, `io.filewright.cli.picocli`.
///
/// ```java
/// FileStager.of()
///     .withRequiredOption("--input", PathValidator.input())
///     .withOption("--output", PathValidator.output())
///     .withFlag("--verbose")
///     .withRest("FILE", PathValidator.input())
/// ```
///
/// Options are `--name value` or `--name=value`, where the value may have more `=`; they may come
/// again, and anywhere; after `--` everything is an argument. Immutable; safe to share.
public final class FileStager {

  private final List<Slot> slots;

  private FileStager(List<Slot> slots) {
    this.slots = List.copyOf(slots);
    var names = new HashSet<String>();
    for (Slot slot : this.slots) {
      if (!names.add(slot.name())) {
        throw new IllegalArgumentException(slot.name() + " was declared before.");
      }
    }
  }

  /// One that accepts no arguments at all.
  public static FileStager of() {
    return new FileStager(List.of());
  }

  /// An option whose values are files.
  public FileStager withOption(String name, PathValidator validator) {
    return with(option(name, Need.OPTIONAL, Optional.of(validator)));
  }

  /// An option whose values are files, given at least once.
  public FileStager withRequiredOption(String name, PathValidator validator) {
    return with(option(name, Need.REQUIRED, Optional.of(validator)));
  }

  /// An option whose values are no files.
  public FileStager withWordOption(String name) {
    return with(option(name, Need.OPTIONAL, Optional.empty()));
  }

  /// An option without a value.
  public FileStager withFlag(String name) {
    requireOptionName(name);
    return with(new Slot(name, Shape.FLAG, Need.OPTIONAL, Optional.empty()));
  }

  /// The next argument, which has to be given, is a file.
  public FileStager withPosition(String name, PathValidator validator) {
    return with(new Slot(name, Shape.POSITION, Need.REQUIRED, Optional.of(validator)));
  }

  /// The next argument, which has to be given, is no file.
  public FileStager withWordPosition(String name) {
    return with(new Slot(name, Shape.POSITION, Need.REQUIRED, Optional.empty()));
  }

  /// All further arguments are files; there may be none.
  public FileStager withRest(String name, PathValidator validator) {
    return with(new Slot(name, Shape.REST, Need.OPTIONAL, Optional.of(validator)));
  }

  /// Checks a command line. Never throws for what is wrong with it.
  public StagedFiles stage(String... commandLine) {
    return stage(List.of(commandLine));
  }

  /// The same.
  public StagedFiles stage(List<String> commandLine) {
    return new Staging(slots).stage(commandLine);
  }

  private FileStager with(Slot slot) {
    var more = new ArrayList<>(slots);
    more.add(slot);
    return new FileStager(more);
  }

  private static Slot option(String name, Need need, Optional<PathValidator> validator) {
    requireOptionName(name);
    return new Slot(name, Shape.OPTION, need, validator);
  }

  private static void requireOptionName(String name) {
    Objects.requireNonNull(name, "name");
    if (!name.startsWith("-") || name.length() < 2 || name.equals("--") || name.contains("=")) {
      throw new IllegalArgumentException("not the name of an option: " + name);
    }
  }
}
