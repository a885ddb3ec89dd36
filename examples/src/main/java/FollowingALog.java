import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Follower;

/// Following a log: its last line, then what is appended, also when the log is rotated. It ends at
/// the line `end`.
void main(String[] arguments) throws Exception {
  Path log = Path.of(arguments[0]);
  try (Follower follower = ChunkSource.follow(log).withLast(1).open()) {
    Thread writer = Thread.startVirtualThread(() -> write(log));
    boolean goesOn = true;
    while (goesOn) {
      try (Chunk chunk = follower.next().orElseThrow()) { // waits for whole lines
        String lines = new String(chunk.toByteArray(), StandardCharsets.UTF_8);
        lines.lines().forEach(line -> IO.println("seen: " + line));
        goesOn = !lines.endsWith("end\n");
      }
    }
    writer.join();
  }
}

/// Whoever writes the log.
private void write(Path log) {
  try {
    Files.writeString(log, "to the old file\n", StandardOpenOption.APPEND);
    Files.move(log, log.resolveSibling(log.getFileName() + ".1"));
    Files.writeString(log, "to the new file\nend\n");
  } catch (IOException e) {
    throw new UncheckedIOException(e);
  }
}
