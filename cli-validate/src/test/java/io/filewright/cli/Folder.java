package io.filewright.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files of all kinds in a folder.
record Folder(Path path) {

  static Folder of(Path path) throws IOException {
    return new Folder(path.toRealPath());
  }

  Path at(String name) {
    return path.resolve(name);
  }

  /// The path of an entry as text.
  String named(String name) {
    return path + "/" + name;
  }

  Path write(String name, String content) throws IOException {
    Files.createDirectories(at(name).getParent());
    return Files.writeString(at(name), content);
  }

  Path directory(String name) throws IOException {
    return Files.createDirectory(at(name));
  }

  Path link(String name, String target) throws IOException {
    return Files.createSymbolicLink(at(name), Path.of(target));
  }

  Path fifo(String name) throws Exception {
    var process = new ProcessBuilder("mkfifo", named(name)).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("mkfifo failed");
    }
    return at(name);
  }

  /// A socket's path may have 108 bytes at most, so it is bound elsewhere and moved.
  Path socket(String name) throws IOException {
    Path brief = Files.createTempDirectory(Path.of("/tmp"), "fw");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(brief.resolve("s")));
      return Files.move(brief.resolve("s"), at(name));
    } finally {
      Files.delete(brief);
    }
  }
}
