package io.filewright.command;

import io.filewright.error.FailureDetails;
import java.nio.file.Path;

/// One change of a file's state, for people: `Ready 12.345 ms data.csv: 1.0 MiB mapped`.
final class StateLine {

  private static final int STATE_WIDTH = 8;
  private static final int TIME_WIDTH = 12;

  private StateLine() {}

  static String of(String state, Millis time, Path path, String more) {
    String moment = time.toString();
    return state
        + " ".repeat(Math.max(1, STATE_WIDTH - state.length()))
        + " ".repeat(Math.max(0, TIME_WIDTH - moment.length()))
        + moment
        + "  "
        + FailureDetails.printable(path)
        + (more.isEmpty() ? "" : ": " + more);
  }
}
