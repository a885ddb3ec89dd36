package io.filewright.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The command line behind the suite's name.
///
/// @param quick smaller files, fewer rounds
/// @param rounds how many count; the suite's own number if empty
/// @param sizes file sizes in bytes; the suite's own if empty
/// @param only comparisons whose title and cache state match
/// @param engine the engine that ours uses; the runtime's choice if empty
/// @param json where the results go as JSON
/// @param folder below which the files are
/// @param cores what the processes are pinned to, as `taskset -c` takes it
public record Settings(
    boolean quick,
    Optional<Integer> rounds,
    List<Long> sizes,
    Pattern only,
    Optional<String> engine,
    Optional<Path> json,
    Path folder,
    String cores) {

  static final String FOLDER_PROPERTY = "filewright.bench.dir";

  static final String OPTIONS =
      """
        --quick        smaller files, fewer rounds
        --rounds N     rounds that count
        --size S,...   file sizes, as 4K,1M,1G
        --only REGEX   only the comparisons that match, as 'load.*cold'
        --engine NAME  the engine that ours uses
        --json FILE    the results as JSON, too
        --dir FOLDER   where the files go, on a disk; or -Dfilewright.bench.dir
        --cores LIST   what all processes are pinned to; 0,1 by default\
      """;

  static Settings defaults() {
    return new Settings(
        false,
        Optional.empty(),
        List.of(),
        Pattern.compile(""),
        Optional.empty(),
        Optional.empty(),
        Path.of(System.getProperty(FOLDER_PROPERTY, System.getProperty("java.io.tmpdir"))),
        Runtime.getRuntime().availableProcessors() > 1 ? "0,1" : "0");
  }

  /// @throws IllegalArgumentException with a sentence for the user
  static Settings parse(List<String> words) {
    Settings s = defaults();
    var rest = new ArrayList<>(words);
    while (!rest.isEmpty()) {
      String option = rest.removeFirst();
      s =
          switch (option) {
            case "--quick" -> s.withQuick();
            case "--rounds" -> s.withRounds(number(option, value(option, rest)));
            case "--size" -> s.withSizes(sizes(value(option, rest)));
            case "--only" -> s.withOnly(pattern(option, value(option, rest)));
            case "--engine" -> s.withEngine(value(option, rest));
            case "--json" -> s.withJson(Path.of(value(option, rest)));
            case "--dir" -> s.withFolder(Path.of(value(option, rest)));
            case "--cores" -> s.withCores(value(option, rest));
            default -> throw new IllegalArgumentException("unknown option: " + option);
          };
    }
    return s;
  }

  /// The sizes of the command line, or else these.
  public List<Long> sizesOr(List<Long> otherwise) {
    return sizes.isEmpty() ? otherwise : sizes;
  }

  /// The first size of the command line, or else this.
  public long sizeOr(long otherwise) {
    return sizes.isEmpty() ? otherwise : sizes.getFirst();
  }

  private static String value(String option, List<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " wants a value");
    }
    return rest.removeFirst();
  }

  private static int number(String option, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("%s wants a number, not %s".formatted(option, text));
    }
  }

  private static Pattern pattern(String option, String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "%s wants a regular expression, not %s: %s".formatted(option, text, e.getDescription()),
          e);
    }
  }

  private static List<Long> sizes(String list) {
    return List.of(list.split(",", -1)).stream().map(Settings::size).toList();
  }

  private static long size(String text) {
    String digits = text.toUpperCase(Locale.ROOT).replaceAll("I?B?$", "");
    int unit = digits.isEmpty() ? -1 : "KMG".indexOf(digits.charAt(digits.length() - 1));
    String number = unit < 0 ? digits : digits.substring(0, digits.length() - 1);
    try {
      return Long.parseLong(number) << (10 * (unit + 1));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("not a size: " + text);
    }
  }

  private Settings withQuick() {
    return new Settings(true, rounds, sizes, only, engine, json, folder, cores);
  }

  private Settings withRounds(int newRounds) {
    if (newRounds < 1) {
      throw new IllegalArgumentException("--rounds wants at least 1");
    }
    return new Settings(quick, Optional.of(newRounds), sizes, only, engine, json, folder, cores);
  }

  private Settings withSizes(List<Long> newSizes) {
    return new Settings(quick, rounds, newSizes, only, engine, json, folder, cores);
  }

  private Settings withOnly(Pattern pattern) {
    return new Settings(quick, rounds, sizes, pattern, engine, json, folder, cores);
  }

  private Settings withEngine(String name) {
    return new Settings(quick, rounds, sizes, only, Optional.of(name), json, folder, cores);
  }

  private Settings withJson(Path file) {
    return new Settings(quick, rounds, sizes, only, engine, Optional.of(file), folder, cores);
  }

  private Settings withFolder(Path newFolder) {
    return new Settings(quick, rounds, sizes, only, engine, json, newFolder, cores);
  }

  private Settings withCores(String list) {
    return new Settings(quick, rounds, sizes, only, engine, json, folder, list);
  }
}
