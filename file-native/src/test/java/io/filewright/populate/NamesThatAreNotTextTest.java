package io.filewright.populate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.AsyncFiles;
import io.filewright.OpenOptions;
import io.filewright.error.SymlinkLoop;
import io.filewright.spi.SymlinkPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A name is bytes: those that are not UTF-8 reach the kernel as they are.
class NamesThatAreNotTextTest {

  @TempDir private Path root;

  @BeforeEach
  void makeFiles() throws Exception {
    String script =
        "cd \"$1\" && f=$(printf 'a\\377b') && printf content > \"$f\""
            + " && l=$(printf 'l\\377') && ln -s . \"$l\"";
    var shell = new ProcessBuilder("sh", "-c", script, "sh", root.toString()).inheritIO().start();
    assertThat(shell.waitFor()).isZero();
  }

  @Test
  void isOpenedByItsWholePath() throws Exception {
    try (var region = AsyncFiles.openSync(found("a"))) {
      assertThat(region.asString()).isEqualTo("content");
    }
  }

  @Test
  void isOpenedBeneathARoot() throws Exception {
    var beneath = OpenOptions.readOnly().beneath(root);
    try (var region = AsyncFiles.openSync(root.relativize(found("a")), beneath)) {
      assertThat(region.asString()).isEqualTo("content");
    }
  }

  @Test
  void isNotFollowedAsALinkThatIsRefused() throws Exception {
    var refusing = OpenOptions.readOnly().withSymlinks(SymlinkPolicy.REFUSE_FINAL);
    Path link = found("l");
    assertThatThrownBy(() -> AsyncFiles.openSync(link, refusing)).isInstanceOf(SymlinkLoop.class);
  }

  private Path found(String start) throws Exception {
    try (var paths = Files.list(root)) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith(start))
          .findFirst()
          .orElseThrow();
    }
  }
}
