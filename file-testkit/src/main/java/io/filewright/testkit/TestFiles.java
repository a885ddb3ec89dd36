package io.filewright.testkit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes the files that the case tables of the specification name.
public final class TestFiles {

  private final Path folder;

  private TestFiles(Path folder) {
    this.folder = folder;
  }

  /// Files in a folder that exists.
  public static TestFiles in(Path folder) {
    return new TestFiles(folder);
  }

  /// Bytes that look random and are the same each time; each place differs from its neighbours.
  public static byte[] pattern(int size) {
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = patternAt(i);
    }
    return bytes;
  }

  /// The pattern's byte at one place.
  public static byte patternAt(long offset) {
    return (byte) (((offset + 1) * 0x9E3779B97F4A7C15L) >>> 56);
  }

  /// A regular file with this content.
  public Path write(String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A regular file of so many bytes of the [#pattern].
  public Path patterned(int size) {
    return write("bytes-" + size, pattern(size));
  }

  /// A file of this size which occupies nothing.
  public Path sparse(String name, long byteSize) {
    Path path = folder.resolve(name);
    resize(path, byteSize);
    return path;
  }

  /// Cuts a file off or extends it with zeros.
  public static void resize(Path path, long byteSize) {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(byteSize);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A file of one of the kinds in `open-cases.csv`.
  public Path make(String kind) {
    try {
      return kind.startsWith("bytes-")
          ? patterned(Integer.parseInt(kind.substring("bytes-".length())))
          : special(kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path special(String kind) throws IOException {
    Path path = folder.resolve(kind);
    return switch (kind) {
      case "empty" -> write(kind, new byte[0]);
      case "one-byte" -> write(kind, pattern(1));
      case "sparse-3g" -> sparse(kind, 3L << 30);
      case "name-with-newline" -> write("two\nlines", pattern(100));
      case "name-like-an-option" -> write("--help", pattern(100));
      case "link-to-bytes-100" -> Files.createSymbolicLink(path, patterned(100));
      case "dangling-link" -> Files.createSymbolicLink(path, folder.resolve("nowhere"));
      case "link-loop" -> Files.createSymbolicLink(path, path);
      case "missing" -> path;
      case "missing-parent" -> path.resolve("file");
      case "below-a-file" -> patterned(100).resolve("file");
      case "name-too-long" -> folder.resolve("n".repeat(256));
      case "directory" -> Files.createDirectory(path);
      case "fifo" -> fifo(path);
      case "socket" -> socket(path);
      case "dev-null" -> Path.of("/dev/null");
      case "proc-self-status" -> Path.of("/proc/self/status");
      default -> throw new IllegalArgumentException("no such kind of file: " + kind);
    };
  }

  private static Path fifo(Path path) throws IOException {
    try {
      int exit = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new IOException("mkfifo ended with " + exit);
      }
      return path;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// The socket stays when its server has gone. A socket's path may have 108 bytes at most.
  private static Path socket(Path path) throws IOException {
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      return path;
    }
  }
}
