package io.filewright.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a contender is told, as `key=value` on its command line.
///
/// @param values by key
public record Arguments(Map<String, String> values) {

  public Arguments {
    values = Map.copyOf(values);
  }

  static Arguments parse(List<String> words) {
    var values = new LinkedHashMap<String, String>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("want key=value: " + word);
      }
      values.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return new Arguments(values);
  }

  /// A value that must be there.
  public String get(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no argument " + key);
    }
    return value;
  }

  /// A value that need not be there.
  public String get(String key, String otherwise) {
    return values.getOrDefault(key, otherwise);
  }

  public int getInt(String key) {
    return Integer.parseInt(get(key));
  }

  public int getInt(String key, int otherwise) {
    return values.containsKey(key) ? getInt(key) : otherwise;
  }

  /// The files of the comparison's [FileSet], in order.
  public List<Path> files() {
    Path folder = Path.of(get("dir"));
    return IntStream.range(0, getInt("count")).mapToObj(i -> FileSet.file(folder, i)).toList();
  }

  /// The first of them.
  public Path file() {
    return FileSet.file(Path.of(get("dir")), 0);
  }
}
