package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

  @TempDir private Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void writeFiles() throws IOException {
    folder = temporary.toRealPath();
    Files.writeString(folder.resolve("data.csv"), "12345");
    Files.writeString(folder.resolve("\u001b[2J"), "x");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    var run = CommandRun.of("check", folder + "/data.csv", folder + "/data.cvs", folder, "", "a\0");

    assertThat(run)
        .isEqualTo(
            new CommandRun(
                1,
                """
                ok       %1$s/data.csv, 5 B
                refused  %1$s/data.cvs
                         exists: there is no "data.cvs" in "%1$s". Did you mean "data.csv"?
                refused  %1$s
                         kind: it is a directory, not a regular file. Name a file inside it.
                refused  ""
                         path: the value is empty. Name a file.
                refused  a\\u0000
                         path: a name cannot contain the character NUL. Check where the value comes\
                 from.
                1 of 5 paths passed
                """
                    .formatted(folder),
                ""));
  }

  @Test
  void saysTheSameToPrograms() {
    var run = CommandRun.of("check", "--json", folder + "/data.csv", folder + "/x\u001b", "");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).doesNotContain("\u001b").hasLineCount(1);
    assertThat(run.json())
        .containsExactly(
            Map.of(
                "ok",
                false,
                "files",
                List.of(
                    Map.of(
                        "value",
                        folder + "/data.csv",
                        "path",
                        folder + "/data.csv",
                        "ok",
                        true,
                        "problems",
                        List.of()),
                    Map.of(
                        "value",
                        folder + "/x\u001b",
                        "path",
                        folder + "/x\u001b",
                        "ok",
                        false,
                        "problems",
                        List.of(
                            Map.of(
                                "rule",
                                "exists",
                                "message",
                                "there is no \"x\\u001b\" in \"%s\". Check the spelling and the working directory."
                                    .formatted(folder)))),
                    noPath("", "the value is empty. Name a file."))));
  }

  private static Map<String, Object> noPath(String value, String message) {
    var file = new java.util.HashMap<String, Object>();
    file.put("value", value);
    file.put("path", null);
    file.put("ok", false);
    file.put("problems", List.of(Map.of("rule", "path", "message", message)));
    return file;
  }

  @Test
  void takesAllRules() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("data.csv"));
    Files.createFile(folder.resolve("empty"));

    assertRules("link", "symlinks", "--symlinks", "refuse-final");
    assertRules("data.csv", "", "--symlinks", "refuse-any");
    assertRules("empty", "not-empty", "--not-empty");
    assertRules("empty", "not-empty", "--not-empty", "--min-size", "0");
    assertRules("empty", "not-empty", "--preset", "source");
    assertRules("data.csv", "size", "--max-size", "4");
    assertRules("data.csv", "size", "--min-size", "6");
    assertRules("data.csv", "extension", "--extension", "tar.gz,CSV", "--exact-case");
    assertRules("data.csv", "", "--extension", "tar.gz,CSV");
    assertRules("data.csv", "executable", "--access", "read,execute");
    assertRules("data.csv", "kind", "--kind", "directory");
    assertRules("data.csv", "inside-root", "--root", "/usr");
    assertRules("data.csv", "overwrite", "--preset", "output");
    assertRules("data.csv", "", "--preset", "output", "--overwrite");
    assertRules("new/new", "", "--preset", "output");
    assertRules("new", "", "--may-be-absent");
    assertRules("new", "exists", "--preset", "config");
    assertRules("*.nix", "glob", "--glob");
    assertRules("d*v", "", "--glob");
    assertRules("data.csv", "distinct", "--distinct", folder + "/link");
    assertThat(CommandRun.of("check", "--distinct", "--glob", folder + "/{data.csv,link}").out())
        .contains("it is the same file as argument 1, \"%s/link\"".formatted(folder));
    assertThat(CommandRun.of("check", "--dash", "-").exitCode()).isZero();
    assertThat(CommandRun.of("check", "--kind", "any", "/dev/null").out())
        .isEqualTo("ok       /dev/null, a special file\n");
  }

  @Test
  void endsWithTwoForWrongUsage() {
    assertThat(CommandRun.of("check"))
        .isEqualTo(
            new CommandRun(
                2,
                "",
                "filewright: Missing required parameter: 'PATH'. Try 'filewright check"
                    + " --help'.\n"));
    assertThat(CommandRun.of("check", "--min-size", "9", "--max-size", "8", "x"))
        .isEqualTo(
            new CommandRun(
                2,
                "",
                "filewright: Wrong rules: sizes from 9 to 8."
                    + " Try 'filewright check --help'.\n"));
    assertThat(CommandRun.of("check", "--extension", "a/b", "x").err())
        .startsWith("filewright: Wrong rules: not an extension: \"a/b\"; such as csv or tar.gz");
    assertThat(CommandRun.of("check", "--symlinks", "perhaps", "x").exitCode()).isEqualTo(2);
  }

  /// @param rule that the path breaks; empty if it passes
  private void assertRules(String name, String rule, String... options) {
    var args = new java.util.ArrayList<Object>(List.of("check", "--json", folder + "/" + name));
    args.addAll(List.of(options));
    var run = CommandRun.of(args.toArray());

    assertThat(run.exitCode()).as("%s", run).isEqualTo(rule.isEmpty() ? 0 : 1);
    if (!rule.isEmpty()) {
      assertThat(run.out()).contains("{\"rule\": \"" + rule + "\"");
    }
  }
}
