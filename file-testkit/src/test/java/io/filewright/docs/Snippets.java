package io.filewright.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Holds Java in prose against Java that is compiled and run.
///
/// In prose a block begins with three backticks and `java`, and the line before it is `<!--
/// snippet: name -->`. In a test source the same text stands between `// snippet: name` and `//
/// end`. The two are equal when runs of white space count as one blank.
final class Snippets {

  private static final Pattern PROSE =
      Pattern.compile(
          "(?:<!-- snippet: ([\\w-]+) -->\\s*\\n)?[ \\t]*```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TAG =
      Pattern.compile("^<!-- snippet: ([\\w-]+) -->", Pattern.MULTILINE);
  private static final Pattern SOURCE =
      Pattern.compile("// snippet: ([\\w-]+)\\n(.*?)// end\\b", Pattern.DOTALL);

  private Snippets() {}

  /// What is wrong with the prose, one sentence for each problem.
  ///
  /// @param prose texts by their name
  /// @param sources compiled test sources by their name
  static List<String> problems(Map<String, String> prose, Map<String, String> sources) {
    var problems = new ArrayList<String>();
    Map<String, String> compiled = compiled(sources, problems);
    var used = new ArrayList<String>();
    prose.forEach((name, text) -> check(name, text, compiled, used, problems));
    for (String name : compiled.keySet()) {
      if (!used.contains(name)) {
        problems.add("snippet '" + name + "' is in a test, but in no text");
      }
    }
    return problems;
  }

  private static Map<String, String> compiled(Map<String, String> sources, List<String> problems) {
    var compiled = new TreeMap<String, String>();
    sources.forEach(
        (file, source) ->
            SOURCE
                .matcher(source)
                .results()
                .forEach(
                    snippet -> {
                      if (compiled.put(snippet.group(1), normal(snippet.group(2))) != null) {
                        problems.add(file + ": a second snippet '" + snippet.group(1) + "'");
                      }
                    }));
    return compiled;
  }

  private static void check(
      String file,
      String text,
      Map<String, String> compiled,
      List<String> used,
      List<String> problems) {
    var tags = new ArrayList<>(TAG.matcher(text).results().map(tag -> tag.group(1)).toList());
    PROSE
        .matcher(text)
        .results()
        .forEach(
            block -> {
              String name = block.group(1);
              tags.remove(name);
              used.add(String.valueOf(name));
              String source = name == null ? null : compiled.get(name);
              if (name == null) {
                problems.add(file + ": an untested block, " + firstLine(block.group(2)));
              } else if (source == null) {
                problems.add(file + ": no test has the snippet '" + name + "'");
              } else if (!source.equals(normal(block.group(2)))) {
                problems.add(file + ": the snippet '" + name + "' is not what the test has");
              }
            });
    tags.forEach(tag -> problems.add(file + ": no block follows the tag '" + tag + "'"));
  }

  /// Texts below a folder by their path, those that exist.
  static Map<String, String> read(Path root, List<String> places, String suffix) {
    var texts = new TreeMap<String, String>();
    for (String place : places) {
      Path path = root.resolve(place);
      if (Files.exists(path)) {
        texts.putAll(below(root, path, suffix));
      }
    }
    return texts;
  }

  private static Map<String, String> below(Path root, Path folder, String suffix) {
    var texts = new TreeMap<String, String>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(path -> path.toString().endsWith(suffix)).toList()) {
        texts.put(root.relativize(path).toString(), Files.readString(path));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String normal(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static String firstLine(String text) {
    return "'" + text.strip().lines().findFirst().orElse("") + "'";
  }
}
