package io.filewright.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.filewright.cli.Argument;
import io.filewright.cli.CheckedPath;
import io.filewright.cli.FileStager;
import io.filewright.cli.Location;
import io.filewright.cli.Notation;
import io.filewright.cli.PathValidator;
import io.filewright.cli.Place;
import io.filewright.cli.Problem;
import io.filewright.cli.Target;
import io.filewright.cli.ValidationReport;
import io.filewright.error.FileException;
import io.filewright.spi.SymlinkPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Whatever a command line contains, nothing but a report comes of it, and no message moves
/// anybody's cursor.
class ValidationFuzzTest {

  private static final int LONGEST = 400;
  private static Path folder = Path.of("");

  @BeforeAll
  static void createFolder() throws IOException {
    folder = Files.createTempDirectory("filewright-fuzz").toRealPath();
    Files.writeString(folder.resolve("near\u001b[2Jby"), "x");
    Files.writeString(folder.resolve("a.csv"), "x");
    Files.createDirectory(folder.resolve("dir"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("a.csv"));
    Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(folder.resolve("up"), Path.of(".."));
  }

  @AfterAll
  static void deleteFolder() throws IOException {
    for (var name : new String[] {"near\u001b[2Jby", "a.csv", "dir", "link", "loop", "up", ""}) {
      Files.delete(folder.resolve(name));
    }
  }

  @FuzzTest
  void nothingUnsafeIsSaid(FuzzedDataProvider data) {
    PathValidator rules = rules(data);
    switch (data.consumeInt(0, 4)) {
      case 0 -> requireSafe(rules.validate(value(data), value(data)));
      case 1 -> requireSafe(rules.validate(List.of(bytes(data))));
      case 2 -> requireSafe(staged(data, rules));
      case 3 -> open(rules, value(data));
      default -> open(rules.withRoot(folder), value(data));
    }
  }

  private static PathValidator rules(FuzzedDataProvider data) {
    PathValidator rules =
        switch (data.consumeInt(0, 3)) {
          case 0 -> PathValidator.input();
          case 1 -> PathValidator.output().withOverwriting(Target.Overwriting.ALLOWED);
          case 2 -> PathValidator.config();
          default -> PathValidator.source("csv", "tar.gz");
        };
    return rules
        .withSymlinks(data.pickValue(SymlinkPolicy.values()))
        .withPatterns(data.pickValue(Notation.Patterns.values()))
        .withDash(data.pickValue(Notation.Dash.values()))
        .withSameness(data.pickValue(Location.Sameness.values()));
  }

  /// Mostly of the folder, so that no pattern lists the whole machine.
  private static String value(FuzzedDataProvider data) {
    String text = data.consumeString(LONGEST);
    return data.consumeBoolean() ? text : folder + "/" + text;
  }

  /// A name by its bytes, which need not be UTF-8.
  private static Argument bytes(FuzzedDataProvider data) {
    var uri = new StringBuilder(folder.toUri().toString());
    for (byte b : data.consumeBytes(LONGEST)) {
      if (b != 0 && b != '/') {
        uri.append("%%%02X".formatted(b));
      }
    }
    Path path = Path.of(URI.create(uri.toString()));
    return new Argument(
        new Place.Option(data.consumeString(LONGEST)), path.toString(), Optional.of(path));
  }

  private static ValidationReport staged(FuzzedDataProvider data, PathValidator rules) {
    return FileStager.of()
        .withOption("--in", rules)
        .withRequiredOption("--out", PathValidator.output())
        .withFlag("-v")
        .withWordPosition("WORD")
        .withRest("FILE", rules)
        .stage(value(data), data.consumeString(LONGEST), data.consumeString(LONGEST), value(data))
        .report();
  }

  private static void open(PathValidator rules, String value) {
    try {
      rules.validateAndOpen(value).close();
    } catch (FileException e) {
      requireSafe(e.getMessage());
    }
  }

  private static void requireSafe(ValidationReport report) {
    String text = report.text();
    text.lines().forEach(ValidationFuzzTest::requireSafe);
    for (CheckedPath path : report.errors()) {
      for (Problem problem : path.problems()) {
        requireSafe(problem.message());
      }
    }
    long headings = text.lines().filter(line -> !line.startsWith("  ")).count();
    if (headings != report.errors().size()) {
      throw new AssertionError("a name has broken a line: " + text);
    }
  }

  private static void requireSafe(String message) {
    if (message.chars().anyMatch(ValidationFuzzTest::isUnsafe)) {
      throw new AssertionError("a raw control character: " + message);
    }
  }

  private static boolean isUnsafe(int c) {
    return Character.isISOControl(c) || c == 0x202e || c == 0x2028 || c == 0x2029;
  }
}
