package io.filewright.bench;

import java.util.HashMap;
import java.util.Map;

/// One row of a comparison.
///
/// @param name the row's name, unique in its comparison
/// @param program what is run
/// @param arguments what it is told beside the comparison's arguments
public record Entrant(String name, Program program, Map<String, String> arguments) {

  public Entrant {
    arguments = Map.copyOf(arguments);
  }

  public static Entrant of(String name, Program program) {
    return new Entrant(name, program, Map.of());
  }

  /// Told one thing more.
  public Entrant with(String key, Object value) {
    var more = new HashMap<>(arguments);
    more.put(key, value.toString());
    return new Entrant(name, program, more);
  }
}
