package io.filewright.error;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What failed, where, why and what to check: the parts of every [FileException], as data.
///
/// Start with [#of], add what is known with the `with` methods. Immutable.
///
/// @param path the file concerned, as the caller named it
/// @param operation the operation in the API's terms, such as `open` or `read`
/// @param byteOffset offset in the file, in bytes, if the failure has one
/// @param byteSize size of the access, in bytes, if the failure has one
/// @param errno the operating system's error number, if it reported one
/// @param cause what went wrong, one clause without a final stop
/// @param remedy what the reader should check or do, one sentence without a final stop
public record FailureDetails(
    Path path,
    String operation,
    OptionalLong byteOffset,
    OptionalLong byteSize,
    Optional<Errno> errno,
    String cause,
    String remedy) {

  private static final HexFormat HEX = HexFormat.of();
  private static final Pattern LIKE_AN_ESCAPE = Pattern.compile("\\\\u[0-9a-f]{4}");

  public FailureDetails {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(remedy, "remedy");
  }

  /// An error of the operating system: its number and its symbolic name, such as 2 and `ENOENT`.
  public record Errno(int number, String name) {}

  /// The least that every failure knows.
  public static FailureDetails of(Path path, String operation, String cause, String remedy) {
    return new FailureDetails(
        path,
        operation,
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        cause,
        remedy);
  }

  /// These details, with the range of bytes that was accessed.
  public FailureDetails withRange(long offset, long size) {
    return new FailureDetails(
        path, operation, OptionalLong.of(offset), OptionalLong.of(size), errno, cause, remedy);
  }

  /// These details, with the offset at which it went wrong.
  public FailureDetails withOffset(long offset) {
    return new FailureDetails(
        path, operation, OptionalLong.of(offset), byteSize, errno, cause, remedy);
  }

  /// These details, with the operating system's error.
  public FailureDetails withErrno(int number, String name) {
    return new FailureDetails(
        path, operation, byteOffset, byteSize, Optional.of(new Errno(number, name)), cause, remedy);
  }

  /// The number of the operating system's error, if there is one.
  public OptionalInt errnoNumber() {
    return errno.map(e -> OptionalInt.of(e.number())).orElseGet(OptionalInt::empty);
  }

  /// `[path] operation(offset=, size=): cause (ERRNO). What to check.`, without the brackets if it
  /// is about no file.
  ///
  /// Control characters in the path are escaped, so that a file name cannot move the cursor of the
  /// terminal that the message is printed on.
  public String message() {
    var text = new StringBuilder();
    if (!path.toString().isEmpty()) {
      text.append('[').append(printable(path)).append("] ");
    }
    text.append(operation);
    if (byteOffset.isPresent() || byteSize.isPresent()) {
      text.append('(');
      byteOffset.ifPresent(offset -> text.append("offset=").append(offset));
      byteSize.ifPresent(
          size -> text.append(byteOffset.isPresent() ? ", " : "").append("size=").append(size));
      text.append(')');
    }
    text.append(": ").append(cause);
    errno.ifPresent(e -> text.append(" (").append(e.name()).append(')'));
    return text.append(". ").append(remedy).append('.').toString();
  }

  /// A path as it may be shown to people, see [#printable(String)].
  public static String printable(@Nullable Path path) {
    return path == null ? "?" : printable(path.toString());
  }

  /// A name as it may be shown to people: control and format characters become `\\uXXXX`, those
  /// beyond U+FFFF two of them. In a name with such a character, or with something that looks like
  /// one of these escapes, each backslash becomes two; so no two names look the same.
  public static String printable(String name) {
    boolean escaped =
        LIKE_AN_ESCAPE.matcher(name).find()
            || !name.codePoints().allMatch(FailureDetails::isPrintable);
    if (!escaped) {
      return name;
    }
    var text = new StringBuilder(name.length());
    name.codePoints()
        .forEach(
            c -> {
              if (c == '\\') {
                text.append("\\\\");
              } else if (isPrintable(c)) {
                text.appendCodePoint(c);
              } else {
                for (char unit : Character.toChars(c)) {
                  text.append("\\u").append(HEX.toHexDigits(unit));
                }
              }
            });
    return text.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
