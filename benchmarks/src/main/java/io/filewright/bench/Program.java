package io.filewright.bench;

import java.util.List;

/// What the process of a contender runs.
public sealed interface Program {

  /// A class, in a JVM with flags of its own.
  record JavaProgram(Class<? extends Contender> type, List<String> flags) implements Program {

    public JavaProgram {
      flags = List.copyOf(flags);
    }
  }

  /// A C source among the resources, compiled on the spot.
  record CProgram(String source) implements Program {}

  static Program java(Class<? extends Contender> type, String... flags) {
    return new JavaProgram(type, List.of(flags));
  }

  static Program c(String source) {
    return new CProgram(source);
  }
}
