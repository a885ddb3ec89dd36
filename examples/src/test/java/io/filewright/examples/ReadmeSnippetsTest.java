package io.filewright.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AsyncFiles;
import io.filewright.AtomicFile;
import io.filewright.MmapRegion;
import io.filewright.cli.CheckedOutput;
import io.filewright.cli.FileStager;
import io.filewright.cli.PathValidator;
import io.filewright.cli.StagedFiles;
import io.filewright.cli.Target.Overwriting;
import io.filewright.memory.MemoryBudget;
import io.filewright.reactor.ReactiveFiles;
import io.filewright.scan.ByteScan;
import io.filewright.stream.ChunkReader;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Records;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/// The snippets of README.md.
final class ReadmeSnippetsTest {

  @TempDir Path folder;

  private Path path;
  private boolean prepared;

  @BeforeEach
  void writeFile() throws Exception {
    path = Files.writeString(folder.resolve("data.csv"), "id,name\n1,one\n2,two\n");
  }

  @Test
  void opensReadsAndCloses() throws Exception {
    String header;
    // snippet: first
    try (var handle = AsyncFiles.open(path)) { // returns at once
      prepare(); // the file loads meanwhile
      MmapRegion region = handle.await(); // mapped; waits only for what is still missing
      header = region.asString(0, 7);
    } // unmapped, descriptor closed
    // end
    assertThat(header).isEqualTo("id,name");
    assertThat(prepared).isTrue();
  }

  @Test
  void worksOnTheMappingItself() throws Exception {
    long newlines;
    // snippet: zero-copy
    try (MmapRegion region = AsyncFiles.openSync(path)) {
      newlines =
          region.apply(
              segment -> {
                long count = 0;
                for (long i = 0; i < segment.byteSize(); i++) {
                  if (segment.get(ValueLayout.JAVA_BYTE, i) == '\n') {
                    count++;
                  }
                }
                return count;
              });
    }
    // end
    assertThat(newlines).isEqualTo(3);
  }

  @Test
  void neverBlocksTheCaller() {
    // snippet: without-waiting
    MemorySegment buffer = Arena.ofAuto().allocate(4096);
    CompletableFuture<Long> byteCount =
        AsyncFiles.open(path).useAsync(region -> region.readAsync(0, buffer));
    // end
    assertThat(byteCount.join()).isEqualTo(20);
    assertThat(buffer.get(ValueLayout.JAVA_BYTE, 3)).isEqualTo((byte) 'n');
  }

  @Test
  void writesSafely() throws Exception {
    Path settings = folder.resolve("settings");
    ByteBuffer header = ByteBuffer.wrap(new byte[] {'h', '\n'});
    ByteBuffer body = ByteBuffer.wrap(new byte[] {'b', '\n'});
    // snippet: write-safely
    try (AtomicFile file = AtomicFile.replacing(settings)) {
      file.write(header);
      file.write(body);
      file.commit(); // on the disk, under its name
    } // without a commit the old content stays
    // end
    assertThat(settings).hasContent("h\nb\n");
  }

  @Test
  void loadsWhatWasChecked() throws Exception {
    Files.writeString(folder.resolve("report.txt"), "old");
    String[] args = {path.toString(), "--out", folder.resolve("report.txt").toString()};
    // snippet: validate
    StagedFiles staged =
        FileStager.of()
            .withOption("--out", PathValidator.output().withOverwriting(Overwriting.ALLOWED))
            .withPosition("FILE", PathValidator.source("csv"))
            .stage(args)
            .orThrow(); // a ValidationFailed with all that is wrong, if anything is

    try (var handle = AsyncFiles.open(staged.all("FILE").getFirst().open());
        CheckedOutput report = staged.outputs().getFirst().create()) {
      report.write(ByteBuffer.wrap(handle.await().toByteArray()));
      report.commit(); // without it the old report stays as it was
    }
    // end
    assertThat(folder.resolve("report.txt")).hasSameTextualContentAs(path);
  }

  @Test
  void countsLinesChunkByChunk() throws Exception {
    var lines = new LongAdder();
    // snippet: streaming
    var budget = MemoryBudget.ofBytes(16 << 20);
    var rows = ChunkSource.of(path).withRecords(Records.lines()).withBudget(budget);
    try (ChunkReader reader = rows.open()) {
      reader.forEach(
          chunk -> lines.add(chunk.apply(memory -> ByteScan.count(memory, (byte) '\n'))));
    }
    // end
    assertThat(lines.sum()).isEqualTo(3);
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void countsLinesInAPipeline() throws Exception {
    Files.writeString(path, "ok\nERROR 1\nERROR 2\n");
    // snippet: reactor
    Mono<Long> errors =
        ReactiveFiles.lines(path, UTF_8).filter(line -> line.contains("ERROR")).count();
    // end
    assertThat(errors.block()).isEqualTo(2);
  }

  private void prepare() {
    prepared = true;
  }
}
