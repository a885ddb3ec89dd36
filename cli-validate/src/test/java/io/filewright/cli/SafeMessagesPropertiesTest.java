package io.filewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Whatever a name contains, no message moves anybody's cursor, and no value makes it throw.
class SafeMessagesPropertiesTest {

  private static final HexFormat HEX = HexFormat.of();
  private static Path folder = Path.of("");

  @BeforeContainer
  static void createFolder() throws IOException {
    folder = Files.createTempDirectory("filewright");
    Files.writeString(folder.resolve("near\u001b[2Jby"), "x");
  }

  @AfterContainer
  static void deleteFolder() throws IOException {
    Files.delete(folder.resolve("near\u001b[2Jby"));
    Files.delete(folder);
  }

  @Property(tries = 2000)
  void showsNoControlCharacterOfAValue(@ForAll("values") String value) {
    var validators =
        List.of(
            PathValidator.input(),
            PathValidator.output(),
            PathValidator.source("csv").withPatterns(Notation.Patterns.EXPANDED),
            PathValidator.input().withRoot(folder));

    for (PathValidator validator : validators) {
      assertSafe(validator.validate(value));
      assertSafe(validator.validate(folder + "/" + value));
    }
    assertSafe(FileStager.of().withOption("--x", validators.getFirst()).stage(value).report());
    assertSafe(FileStager.of().stage("--" + value).report());
  }

  @Property(tries = 500)
  void showsNoControlCharacterOfBytes(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 255) Integer> bytes)
      throws IOException {
    var uri = new StringBuilder(folder.toUri().toString());
    bytes.stream()
        .filter(b -> b != '/')
        .forEach(b -> uri.append('%').append(HEX.toHexDigits(b.byteValue())));
    Path path = Path.of(URI.create(uri.toString()));
    var argument = new Argument(new Place.Option("--in"), path.toString(), Optional.of(path));

    assertSafe(PathValidator.input().validate(List.of(argument)));
    assertSafe(PathValidator.input().withExtensions("x").validate(List.of(argument)));
  }

  @Provide
  Arbitrary<String> values() {
    var nasty =
        Arbitraries.of(
            '\u001b', '\n', '\r', '\t', '\u0007', '\u0085', '\u009b', '\u202e', '\u2028', '\ud800',
            '\0', '/', '.', '-', '=', '*', '[', '{', '\\', '\ufffd', '~', '"');
    var any = Arbitraries.chars().all();
    var near = Arbitraries.of("near\u001b[2Jb", "near\u001b2Jby", "near[2Jby");
    return Arbitraries.oneOf(
        near,
        Arbitraries.frequencyOf(Tuple.of(2, nasty), Tuple.of(1, any))
            .list()
            .ofMaxSize(300)
            .map(
                chars -> {
                  var text = new StringBuilder();
                  chars.forEach(text::append);
                  return text.toString();
                }));
  }

  private static void assertSafe(ValidationReport report) {
    String text = report.text();
    assertThat(text.chars().filter(c -> c != '\n').filter(SafeMessagesPropertiesTest::isUnsafe))
        .as(text)
        .isEmpty();
    for (CheckedPath path : report.errors()) {
      for (Problem problem : path.problems()) {
        assertThat(problem.message().chars().filter(SafeMessagesPropertiesTest::isUnsafe))
            .as(problem.message())
            .isEmpty();
      }
      assertThat(
              ValidationFailed.of(report)
                  .getMessage()
                  .chars()
                  .filter(SafeMessagesPropertiesTest::isUnsafe))
          .isEmpty();
    }
    assertThat(text.lines().filter(line -> !line.startsWith("  ")).count())
        .isEqualTo(report.errors().size());
  }

  private static boolean isUnsafe(int c) {
    return Character.isISOControl(c) || c == 0x202e || c == 0x2028 || c == 0x2029;
  }
}
