package io.filewright.faults;

import io.filewright.faults.Versioned.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Writes versions of a file to a recorded disk, then cuts the power at many moments and looks what
/// is there after the file system has repaired itself.
final class PowerCuts {

  private static final int VERSIONS = 40;

  /// Far more than a device writes as a whole.
  private static final int BYTES = 100_000;

  private final FileSystemKind kind;
  private final Path place;
  private final List<Commit> commits = new ArrayList<>();
  private long firstPosition;
  private int count;
  private WriteRecord record = new WriteRecord(List.of());

  /// How a version is written, so that it is durable at the end.
  interface Writing {
    void write(Path folder, byte[] content) throws IOException;
  }

  /// A version that was acknowledged, and how much had been recorded by then.
  private record Commit(long version, long position) {}

  private PowerCuts(FileSystemKind kind, Path place) {
    this.kind = kind;
    this.place = place;
  }

  /// What is found, and how often.
  static Map<Finding, Integer> tally(
      String cell, FileSystemKind kind, Path place, int points, Writing writing) throws Exception {
    var cuts = new PowerCuts(kind, place);
    cuts.write(cell, writing);
    return cuts.cut(points);
  }

  private void write(String cell, Writing writing) throws Exception {
    try (var disk = RecordedDisk.mount(cell, kind, place)) {
      Path target = disk.folder().resolve("target");
      try (var file =
          FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.wrap(Versioned.content(1, BYTES)));
      }
      var _ = Shell.run("sync", "-f", disk.folder()).orFail();
      firstPosition = disk.position();
      commits.add(new Commit(1, firstPosition));
      for (long version = 2; version <= VERSIONS; version++) {
        writing.write(target, Versioned.content(version, BYTES));
        commits.add(new Commit(version, disk.position()));
      }
      record = WriteRecord.read(disk.record());
    }
  }

  private Map<Finding, Integer> cut(int points) throws Exception {
    var random = new Random(points);
    int first = firstAfterStart();
    var moments = random.ints(points, first, record.entries().size() + 1).sorted().boxed().toList();
    var tally = new EnumMap<Finding, Integer>(Finding.class);
    Path flushed = place.resolve("flushed");
    var _ = Shell.run("cp", "--sparse=always", place.resolve("original"), flushed).orFail();
    int applied = 0;
    try (var image = FileChannel.open(flushed, StandardOpenOption.WRITE)) {
      for (int moment : moments) {
        int certain = record.flushedBefore(moment);
        record.apply(image, applied, certain);
        applied = certain;
        tally.merge(lookAfter(flushed, certain, moment, random), 1, Integer::sum);
      }
    }
    return tally;
  }

  private Finding lookAfter(Path flushed, int certain, int moment, Random random) throws Exception {
    // A name of its own: the loop device of the last one may not be gone yet.
    Path image = place.resolve("crashed" + count++);
    var _ = Shell.run("cp", "--sparse=always", flushed, image).orFail();
    try (var channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
      if (random.nextInt(4) == 0) {
        record.apply(channel, certain, moment);
      } else {
        record.applySome(channel, certain, moment, random);
      }
    }
    Path folder = Files.createDirectories(place.resolve("repaired"));
    var _ = kind.mount(image, folder).orFail();
    try {
      return Versioned.look(folder.resolve("target"), acknowledged(moment));
    } finally {
      var _ = Shell.run("umount", folder).orFail();
      Files.delete(image);
    }
  }

  private long acknowledged(int moment) {
    long position = record.entries().get(moment - 1).end();
    return commits.stream()
        .filter(commit -> commit.position() <= position)
        .mapToLong(Commit::version)
        .max()
        .orElse(0);
  }

  private int firstAfterStart() {
    int first = 0;
    while (record.entries().get(first).end() <= firstPosition) {
      first++;
    }
    return first + 1;
  }
}
