package io.filewright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.cli.Target.Overwriting;
import io.filewright.error.AlreadyExists;
import io.filewright.error.Unsupported;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedOutputTest {

  private static final PathValidator NEW = PathValidator.output();
  private static final PathValidator ANY = NEW.withOverwriting(Overwriting.ALLOWED);

  @TempDir private Path temporary;
  private Folder folder;

  @BeforeEach
  void enterFolder() throws IOException {
    folder = Folder.of(temporary);
  }

  @Test
  void replacesTheOldContentOnCommit() throws Exception {
    Path old = folder.write("old", "old content");

    try (CheckedOutput output = ANY.validateAndCreate(folder.named("old"))) {
      output.write(bytes("new"));
      assertThat(old).hasContent("old content");
      output.commit();
    }

    assertThat(old).hasContent("new");
    assertThat(folder.path()).isDirectoryNotContaining("glob:**.filewright");
  }

  @Test
  void leavesTheOldContentWhenTheRunFails() throws Exception {
    Path old = folder.write("old", "old content");

    try (CheckedOutput output = ANY.validateAndCreate(folder.named("old"))) {
      output.outputStream().write(65);
    }

    assertThat(old).hasContent("old content");
    assertThat(folder.path().toFile().list()).containsExactly("old");
  }

  @Test
  void createsMissingDirectoriesAndTakesThemBack() throws Exception {
    try (CheckedOutput output = NEW.validateAndCreate(folder.named("a/b/c"))) {
      output.write(bytes("x"));
    }
    assertThat(folder.path()).isEmptyDirectory();

    try (CheckedOutput output = NEW.validateAndCreate(folder.named("a/b/c"))) {
      output.write(bytes("x"));
      output.commit();
    }
    assertThat(folder.at("a/b/c")).hasContent("x");
  }

  @Test
  void overwritesNothingThatAppearsMeanwhile() throws Exception {
    try (CheckedOutput output = NEW.validateAndCreate(folder.named("a"))) {
      output.write(bytes("mine"));
      folder.write("a", "theirs");

      assertThatThrownBy(output::commit).isInstanceOf(AlreadyExists.class);
    }
    assertThat(folder.at("a")).hasContent("theirs");
    assertThatThrownBy(() -> NEW.validateAndCreate(folder.named("a")))
        .isInstanceOf(ValidationFailed.class)
        .hasMessage(
            "[%s/a] validate argument 1: there is already a file of this name. Choose another name,"
                    .formatted(folder.path())
                + " or allow overwriting.");
  }

  @Test
  void refusesWhatItCannotKeepWithoutAGap() {
    assertThatThrownBy(() -> NEW.withRoot(folder.path()).validateAndCreate(folder.named("a")))
        .isInstanceOf(Unsupported.class)
        .hasMessage(
            "[%s/a] create: an output cannot be kept beneath a root, or away from links, without a"
                    .formatted(folder.path())
                + " gap between the check and the use. Follow links, and let nobody else change"
                + " the directory.");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
