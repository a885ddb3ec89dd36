package io.filewright.faults;

import io.filewright.AsyncFiles;
import io.filewright.AtomicFile;
import io.filewright.OpenOptions;
import io.filewright.error.FileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Replaces files on command. Each line of the standard input is an operation and a version; what
/// became of it is an outcome. `loop` operations never end, and say `ACK` and the version after
/// each success.
///
/// Arguments: a folder, the size of the content, and an operation that it will be asked for.
final class ReplaceProgram {

  private final Path folder;
  private final int byteSize;
  private final Journal journal = new Journal();

  private ReplaceProgram(Path folder, int byteSize) {
    this.folder = folder;
    this.byteSize = byteSize;
  }

  public static void main(String[] arguments) throws Exception {
    var program = new ReplaceProgram(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    program.warmUp(arguments[2].equals("loop-commit"));
    System.out.println("READY");
    try (var commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        String[] words = line.split(" ", -1);
        program.run(words[0], Long.parseLong(words[1]));
      }
    }
  }

  /// So that whatever is asked for later needs no more classes.
  ///
  /// @param commits whether regions will be opened; an engine takes most of the time to start
  private void warmUp(boolean commits) throws Exception {
    for (Class<?> type : FileException.class.getPermittedSubclasses()) {
      var _ = Class.forName(type.getName());
    }
    Path warm = Files.createDirectory(folder.resolve("warm"));
    for (Path target : new Path[] {warm.resolve("file"), warm.resolve("none/file"), warm}) {
      journal.attempt("warm", () -> replace(target, 1));
      journal.attempt("warm", () -> replace(target, 2));
      journal.attempt("warm", () -> create(target, 3));
      if (commits) {
        journal.attempt("warm", () -> commit(target, 4));
      }
      journal.attempt("warm", () -> create(warm.resolve("new"), 3));
    }
    journal.attempt("warm", () -> abandon(warm.resolve("file")));
    journal.attempt("warm", () -> Long.toString(descriptors()));
    Files.delete(warm.resolve("new"));
    Files.delete(warm.resolve("file"));
    Files.delete(warm);
  }

  private void run(String operation, long version) throws Exception {
    switch (operation) {
      case "replace" -> attempt(operation, () -> replace(folder.resolve("replaced"), version));
      case "create" ->
          attempt(operation, () -> create(folder.resolve("created" + version), version));
      case "abandon" -> attempt(operation, () -> abandon(folder.resolve("replaced")));
      case "descriptors" -> attempt(operation, () -> Long.toString(descriptors()));
      case "loop-replace" -> {
        for (long v = version; ; v++) {
          acknowledge(v, replace(folder.resolve("replaced"), v));
        }
      }
      case "loop-create" -> {
        for (long v = version; ; v++) {
          acknowledge(v, create(folder.resolve("created" + v), v));
        }
      }
      case "loop-commit" -> {
        for (long v = version; ; v++) {
          acknowledge(v, commit(folder.resolve("replaced"), v));
        }
      }
      case "loop-in-place" -> {
        for (long v = version; ; v++) {
          acknowledge(v, overwrite(folder.resolve("replaced"), v));
        }
      }
      default -> throw new IllegalArgumentException(operation);
    }
  }

  private void attempt(String name, Journal.Operation operation) {
    journal.attempt(name, operation);
    System.out.println("DONE");
  }

  private static void acknowledge(long version, String done) {
    System.out.println("ACK " + version + done);
  }

  private String replace(Path target, long version) throws FileException {
    AtomicFile.write(target, Versioned.content(version, byteSize));
    return "";
  }

  private String create(Path target, long version) throws FileException {
    try (AtomicFile file = AtomicFile.creating(target)) {
      file.write(ByteBuffer.wrap(Versioned.content(version, byteSize)));
      file.commit();
    }
    return "";
  }

  /// Changes a private version of the file, and commits that.
  private String commit(Path target, long version) throws FileException {
    try (var region = AsyncFiles.openSync(target, OpenOptions.copyOnWrite())) {
      region.write(0, MemorySegment.ofArray(Versioned.content(version, byteSize)));
      region.commitTo(target);
    }
    return "";
  }

  private String abandon(Path target) throws FileException {
    try (AtomicFile file = AtomicFile.replacing(target)) {
      file.write(ByteBuffer.wrap(Versioned.content(0, byteSize)));
    }
    return "";
  }

  /// How not to do it.
  private String overwrite(Path target, long version) throws IOException {
    try (var file = new RandomAccessFile(target.toFile(), "rw")) {
      byte[] content = Versioned.content(version, byteSize);
      file.write(content, 0, byteSize / 2);
      file.write(content, byteSize / 2, byteSize - byteSize / 2);
      file.getFD().sync();
    }
    return "";
  }

  private static long descriptors() throws IOException {
    try (var links = Files.list(Path.of("/proc/self/fd"))) {
      return links.count();
    }
  }
}
