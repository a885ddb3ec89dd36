package io.filewright.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadmeSnippetTest extends NettyFixture {

  @Test
  void writesARegion() throws Exception {
    byte[] content = Files.readAllBytes(random("file", 300_000));
    try (var pair = Pairs.of(Transport.choose().transport())) {
      var region = runtime.open(folder.resolve("file"), MAPPED).await();
      var channel = RegionChannel.open(region);
      var context = pair.context();
      context
          .executor()
          .execute(
              () -> {
                // snippet: netty
                RegionWriter.write(context, region, Optional.of(channel), 0, region.byteSize())
                    .addListener(sent -> region.close());
                // end
              });
      assertThat(pair.socket.getInputStream().readNBytes(content.length)).isEqualTo(content);
      eventually(() -> assertThat(region.isClosed()).isTrue());
      assertThat(channel.release()).isTrue();
    }
  }
}
