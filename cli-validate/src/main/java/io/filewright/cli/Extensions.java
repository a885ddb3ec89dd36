package io.filewright.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How a file's name may end. Only the name counts, not the directories above it, and something has
/// to stand before the extension: `.csv` alone has none.
///
/// @param accepted without their first dot, such as `csv` or `tar.gz`; empty for any name at all
/// @param letters whether `.CSV` is `.csv`
public record Extensions(List<String> accepted, Letters letters) {

  /// Any name.
  public static final Extensions ANY = new Extensions(List.of(), Letters.SAME_IN_BOTH_CASES);

  /// Upper and lower case.
  public enum Letters {
    /// `.CSV` is as good as `.csv`: the default.
    SAME_IN_BOTH_CASES,
    /// It is not.
    EXACT
  }

  public Extensions {
    accepted = accepted.stream().map(Extensions::withoutDot).toList();
  }

  private static String withoutDot(String extension) {
    String bare = extension.startsWith(".") ? extension.substring(1) : extension;
    if (bare.isEmpty() || bare.chars().anyMatch(c -> "/*?".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "not an extension: \"" + extension + "\"; such as csv or tar.gz");
    }
    return bare;
  }

  boolean accept(String name) {
    return accepted.isEmpty() || acceptedAs(name, letters);
  }

  /// Whether nothing but upper and lower case is wrong.
  boolean wouldAcceptInOtherCase(String name) {
    return acceptedAs(name, Letters.SAME_IN_BOTH_CASES);
  }

  private boolean acceptedAs(String name, Letters rule) {
    return accepted.stream().anyMatch(extension -> ends(name, "." + extension, rule));
  }

  private static boolean ends(String name, String ending, Letters rule) {
    return name.length() > ending.length()
        && switch (rule) {
          case EXACT -> name.endsWith(ending);
          case SAME_IN_BOTH_CASES ->
              name.toLowerCase(Locale.ROOT).endsWith(ending.toLowerCase(Locale.ROOT));
        };
  }

  /// `.csv or .tsv`.
  String words() {
    return accepted.stream()
        .map(extension -> "." + Names.printable(extension))
        .collect(Collectors.joining(" or "));
  }
}
