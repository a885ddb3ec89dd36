package io.filewright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.cli.Target.Overwriting;
import io.filewright.error.AlreadyExists;
import io.filewright.error.SymlinkLoop;
import io.filewright.spi.SymlinkPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
  void writesBeneathTheRoot() throws Exception {
    folder.write("root/in/old", "old");
    var rooted = ANY.withRoot(folder.at("root"));

    for (var name : new String[] {"root/in/old", "root/in/new", "root/a/b/c", "root/in/../top"}) {
      try (CheckedOutput output = rooted.validateAndCreate(folder.named(name))) {
        assertThat(output.path()).isEqualTo(folder.at(name));
        output.write(bytes("content"));
        output.commit();
      }
      assertThat(folder.at(name)).hasContent("content");
    }
    try (CheckedOutput output = rooted.validateAndCreate(folder.named("root/x/y/z"))) {
      output.write(bytes("content"));
    }
    assertThat(folder.at("root/x")).doesNotExist();
  }

  @Test
  void refusesWaysOutOfTheRoot() throws Exception {
    folder.write("root/in/file", "inside");
    folder.write("out/file", "outside");
    folder.link("root/away", "../out");
    folder.link("root/link", "../out/file");
    var rooted = ANY.withRoot(folder.at("root"));

    for (var name :
        new String[] {"root/away/file", "root/away/new", "root/link", "root/../new", "out/new"}) {
      assertThatThrownBy(() -> rooted.validateAndCreate(folder.named(name)))
          .as(name)
          .isInstanceOfSatisfying(
              ValidationFailed.class,
              failed ->
                  assertThat(failed.report().errors().getFirst().problems())
                      .extracting(Problem::rule)
                      .containsExactly(Rule.INSIDE_ROOT));
    }
    assertThat(folder.at("out/file")).hasContent("outside");
    assertThat(folder.at("out").toFile().list()).containsExactly("file");
  }

  @Test
  void writesIntoTheDirectoryThatWasChecked() throws Exception {
    folder.write("root/in/file", "inside");
    folder.write("out/file", "outside");

    try (CheckedOutput output =
        ANY.withRoot(folder.at("root")).validateAndCreate(folder.named("root/in/file"))) {
      output.write(bytes("new"));
      Files.move(folder.at("root/in"), folder.at("root/aside"));
      folder.link("root/in", "../out");
      output.commit();
    }

    assertThat(folder.at("out/file")).hasContent("outside");
    assertThat(folder.at("root/aside/file")).hasContent("new");
  }

  @Test
  void followsNoLinkOfTheOutputsNameWhereLinksAreRestricted() throws Exception {
    folder.write("in/file", "old");
    folder.link("in/link", "file");
    String link = folder.named("in/link");

    assertThatThrownBy(() -> ANY.withRoot(folder.path()).validateAndCreate(link))
        .isInstanceOf(SymlinkLoop.class)
        .hasMessage(
            "[%s] open: it is a symbolic link, and that is not followed here. Name the file itself."
                .formatted(link));
    for (var policy : new SymlinkPolicy[] {SymlinkPolicy.REFUSE_FINAL, SymlinkPolicy.REFUSE_ANY}) {
      assertThatThrownBy(() -> ANY.withSymlinks(policy).validateAndCreate(link))
          .isInstanceOf(ValidationFailed.class);
      try (CheckedOutput output =
          ANY.withSymlinks(policy).validateAndCreate(folder.named("in/" + policy))) {
        output.write(bytes("new"));
        folder.link("in/" + policy, "file");
        output.commit();
      }
      assertThat(folder.at("in/" + policy)).isRegularFile().hasContent("new");
    }
    assertThat(folder.at("in/file")).hasContent("old");
  }

  @Test
  void leavesNoDescriptorBehind() throws Exception {
    var rooted = NEW.withRoot(folder.path());
    long before = 0;
    for (int i = 0; i < 300; i++) {
      if (i == 100) {
        before = descriptors();
      }
      try (CheckedOutput output = rooted.validateAndCreate(folder.named("a/b/c"))) {
        output.write(bytes("x"));
      }
      folder.link("link", "nowhere");
      assertThatThrownBy(() -> ANY.withRoot(folder.path()).validateAndCreate(folder.named("link")))
          .isInstanceOf(SymlinkLoop.class);
      Files.delete(folder.at("link"));
    }
    assertThat(descriptors()).isLessThan(before + 50);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
