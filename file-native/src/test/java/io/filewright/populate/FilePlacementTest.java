package io.filewright.populate;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import io.filewright.OpenOptions;
import io.filewright.event.FilePlacementEvent;
import io.filewright.testkit.TestFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a recording says about the file system of a file.
class FilePlacementTest {

  private static final int SIZE = 100_000;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeFile() throws Exception {
    file = TestFiles.in(folder).patterned(SIZE);
  }

  @Test
  void namesTheFileSystemOfEachFileThatIsOpened() throws Exception {
    RecordedEvent event = opened(true).getFirst();

    assertThat(event.getString("path")).isEqualTo(file.toString());
    assertThat(event.getString("fileSystem")).startsWith(Files.getFileStore(file).type());
    assertThat(event.getString("kind")).isIn("LOCAL", "MEMORY");
    assertThat(event.getLong("copyBytes")).isEqualTo(64 << 10);
    assertThat(event.getString("reason")).isNull();
  }

  @Test
  void saysNothingUnlessItIsAsked() throws Exception {
    assertThat(opened(false)).isEmpty();
  }

  private List<RecordedEvent> opened(boolean enabled) throws Exception {
    Path dump = folder.resolve("dump.jfr");
    try (var runtime = FileRuntime.builder().engine("populate").build();
        var recording = new Recording()) {
      if (enabled) {
        recording.enable(FilePlacementEvent.class);
      } else {
        recording.disable(FilePlacementEvent.class);
      }
      recording.start();
      runtime.openSync(file, OpenOptions.readOnly()).close();
      recording.stop();
      recording.dump(dump);
    }
    return RecordingFile.readAllEvents(dump).stream()
        .filter(event -> event.getEventType().getName().equals("io.filewright.FilePlacement"))
        .toList();
  }
}
