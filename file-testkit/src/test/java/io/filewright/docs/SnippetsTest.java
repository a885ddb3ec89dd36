package io.filewright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every block of Java in the project's prose is compiled and run by a test.
class SnippetsTest {

  private static final List<String> PROSE =
      List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs", "spec/README.md");

  @Test
  void proseSaysWhatTestsDo() throws Exception {
    Path root = root();
    var tests = new ArrayList<String>();
    try (Stream<Path> modules = Files.list(root)) {
      modules.forEach(module -> tests.add(module.getFileName() + "/src/test/java"));
    }
    Map<String, String> sources = Snippets.read(root, tests, "Test.java");
    sources.keySet().removeIf(name -> name.endsWith("/docs/SnippetsTest.java"));
    assertThat(Snippets.problems(Snippets.read(root, PROSE, ".md"), sources)).isEmpty();
  }

  @Test
  void acceptsTheSameTextWithOtherWhiteSpace() {
    assertThat(
            problems(
                "<!-- snippet: a -->\n```java\nint x =\n    1;\n```\n",
                "// snippet: a\n      int x = 1;\n    // end\n"))
        .isEmpty();
  }

  @Test
  void namesWhatDiffers() {
    assertThat(
            problems(
                "<!-- snippet: a -->\n```java\nint x = 2;\n```\n",
                "// snippet: a\nint x = 1;\n// end\n"))
        .containsExactly("text.md: the snippet 'a' is not what the test has");
  }

  @Test
  void namesWhatIsUnknownUntestedOrUnused() {
    assertThat(problems("<!-- snippet: b -->\n```java\nx();\n```\n", ""))
        .containsExactly("text.md: no test has the snippet 'b'");
    assertThat(problems("```java\nx();\n```\n", ""))
        .containsExactly("text.md: an untested block, 'x();'");
    assertThat(problems("<!-- snippet: c -->\n", ""))
        .containsExactly("text.md: no block follows the tag 'c'");
    assertThat(problems("nothing", "// snippet: d\nx();\n// end\n"))
        .containsExactly("snippet 'd' is in a test, but in no text");
    assertThat(
            problems(
                "<!-- snippet: e -->\n```java\nx();\n```\n",
                "// snippet: e\nx();\n// end\n// snippet: e\nx();\n// end\n"))
        .containsExactly("Source.java: a second snippet 'e'");
  }

  @Test
  void skipsWhatDoesNotExist() {
    assertThat(Snippets.read(root(), List.of("no-such-place", "no-such.md"), ".md")).isEmpty();
  }

  private static List<String> problems(String prose, String source) {
    return Snippets.problems(Map.of("text.md", prose), Map.of("Source.java", source));
  }

  /// Tests run in the folder of their module.
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve("mvnw"))
        ? folder
        : folder.resolveSibling("mvnw").getParent();
  }
}
