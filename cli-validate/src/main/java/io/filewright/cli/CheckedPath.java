package io.filewright.cli;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.error.FileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A value with what was found under its name, and all that is wrong with it.
///
/// It says what was true when it was looked at. What is opened later is checked again, on the
/// descriptor: use [#open], not the path.
///
/// @param argument the value and where it stood
/// @param validator what it was checked by
/// @param finding what was there
/// @param problems all that is wrong, in the order of [Rule]; empty if it passed
public record CheckedPath(
    Argument argument, PathValidator validator, Finding finding, List<Problem> problems) {

  public CheckedPath {
    problems = List.copyOf(problems);
  }

  /// Whether it passed.
  public boolean isOk() {
    return problems.isEmpty();
  }

  /// The path, unless the value is none, or stands for a standard stream.
  public Optional<Path> path() {
    return switch (finding) {
      case Finding.Found(Path path, _) -> Optional.of(path);
      case Finding.Absent(Path path) -> Optional.of(path);
      case Finding.Unreachable(Path path) -> Optional.of(path);
      case Finding.StandardStream _, Finding.NoPath _ -> Optional.empty();
    };
  }

  /// What is known about the file, if there is one.
  public Optional<FileMetadata> metadata() {
    return finding instanceof Finding.Found found
        ? Optional.of(found.metadata())
        : Optional.empty();
  }

  /// Whether it is `-`, and stands for standard input or output.
  public boolean isStandardStream() {
    return finding instanceof Finding.StandardStream;
  }

  /// Opens it, and checks what was opened: see [PathValidator#validateAndOpen].
  public CheckedFile open() throws FileException {
    return validator.validateAndOpen(argument);
  }

  /// Begins new content for it: see [PathValidator#validateAndCreate].
  @MustBeClosed
  public CheckedOutput create() throws FileException {
    return validator.validateAndCreate(argument);
  }

  /// What was given, where, and which file that is: one line.
  String heading() {
    String label = argument.place().label();
    if (argument.value().isEmpty() && !isAboutTheValue()) {
      return label;
    }
    String shown = label + ": " + Names.quoted(argument.value());
    return path()
        .filter(path -> !path.toAbsolutePath().toString().equals(argument.value()))
        .map(path -> shown + " (" + Names.printable(path.toAbsolutePath()) + ")")
        .orElse(shown);
  }

  /// Whether there was a value at all.
  private boolean isAboutTheValue() {
    return problems.stream().noneMatch(problem -> problem.rule() == Rule.USAGE);
  }

  /// The same with all problems below, one line each.
  String text() {
    var text = new StringBuilder(heading());
    for (Problem problem : problems) {
      text.append("\n  ").append(problem.rule().id()).append(": ").append(problem.message());
    }
    return text.toString();
  }

  CheckedPath with(List<Problem> more) {
    var all = new ArrayList<>(problems);
    all.addAll(more);
    all.sort(Comparator.comparing(Problem::rule));
    return new CheckedPath(argument, validator, finding, all);
  }
}
