package io.filewright.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {

  @TempDir private Path root;

  @Test
  void aNameThatTheSystemCannotWriteIsNotFound() throws Exception {
    String loneSurrogate = "\ud800";
    try (var site = new Site(FileRuntime.shared(), root, 1 << 20)) {
      for (boolean isDirectory : new boolean[] {true, false}) {
        assertThat(site.look(new RequestTarget(List.of(loneSurrogate), isDirectory)))
            .isEqualTo(new Answer.Refused(HttpResponseStatus.NOT_FOUND));
      }
    }
  }

  @Test
  void aLookAfterTheCloseIsRefused() throws Exception {
    var site = new Site(FileRuntime.shared(), root, 1 << 20);
    site.close();
    assertThat(site.look(new RequestTarget(List.of("file"), false)))
        .isEqualTo(new Answer.Refused(HttpResponseStatus.SERVICE_UNAVAILABLE));
  }
}
