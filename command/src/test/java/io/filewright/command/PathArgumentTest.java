package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PathArgumentTest {

  @Test
  void meansTheSameHoweverOftenItIsAsked() {
    byte[] commandLine = "first\u00e9\0first\u00e8\0".getBytes(StandardCharsets.ISO_8859_1);
    var paths = new PathArgument(() -> new RawArguments(commandLine));
    String first = "first".concat("\ufffd");
    String second = "first".concat("\ufffd");
    assertThat(second).isNotSameAs(first);

    Path meant = paths.convert(first);

    assertThat(meant.toUri().toString()).endsWith("first%E9");
    assertThat(paths.convert(first)).isEqualTo(meant);
    assertThat(paths.convert(second).toUri().toString()).endsWith("first%E8");
  }
}
