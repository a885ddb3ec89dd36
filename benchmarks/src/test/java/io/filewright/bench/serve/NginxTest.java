package io.filewright.bench.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.filewright.bench.Arguments;
import io.filewright.bench.MissingException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxTest {

  @TempDir private Path workspace;

  @Test
  void servesUntilItIsClosed() throws Exception {
    Path root = Files.createDirectory(workspace.resolve("files"));
    Files.writeString(root.resolve("f"), "content");
    URI uri;
    try (var nginx = new Nginx()) {
      uri = URI.create("http://127.0.0.1:%d/f".formatted(start(nginx, root)));
      assertEquals("content", get(uri));
    }
    assertThrows(IOException.class, () -> get(uri));
    assertEquals(0, ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).count());
    try (Stream<Path> files = Files.list(workspace)) {
      assertEquals(2, files.count(), "all of nginx is in a folder beside the files");
    }
  }

  private static int start(Nginx nginx, Path root) throws Exception {
    try {
      return nginx.start(root, new Arguments(Map.of("openFiles", "10")));
    } catch (MissingException e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  private static String get(URI uri) throws IOException {
    try (var in = uri.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
