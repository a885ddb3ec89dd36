package io.filewright.command;

import io.filewright.error.FileException;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Follower;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `filewright follow`.
@Command(
    name = "follow",
    description = {
      "Prints the last lines of a file, and then what is appended, until it is interrupted.",
      "It goes on when the file is rotated, truncated or replaced, as tail -F does; a file that is"
          + " rotated away is read to its end."
    })
final class FollowCommand implements Callable<Integer> {

  private static final Pattern LINE_END = Pattern.compile("\r?\n");

  private final Streams streams;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "10",
      converter = LineCountArgument.class,
      description = "How many of the lines that are there to begin with; 10 by default, or all.")
  private long lineCount;

  @Option(names = "--json", description = "One JSON object on one line for each line.")
  private boolean json;

  @Parameters(paramLabel = "FILE", description = "The file; it need not be there yet.")
  private Path file = Path.of("");

  FollowCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws FileException, InterruptedException {
    try (Follower follower = ChunkSource.follow(file).withLast(lineCount).open()) {
      follower.forEach(this::print);
    }
    return ExitCode.OK;
  }

  private void print(Chunk chunk) throws FileException {
    byte[] bytes = chunk.toByteArray();
    if (json) {
      for (String line : lines(new String(bytes, StandardCharsets.UTF_8))) {
        streams.line(new JsonObject().put(chunk.path()).put("line", line).toString());
      }
    } else {
      streams.bytes(bytes);
    }
  }

  /// [String#lines] would also cut at a carriage return alone.
  private static List<String> lines(String text) {
    List<String> lines = List.of(LINE_END.split(text, -1));
    return lines.getLast().isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
  }
}
