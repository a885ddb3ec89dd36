import io.filewright.AsyncFileHandle;
import io.filewright.AsyncFiles;
import io.filewright.MmapRegion;
import io.filewright.cli.CheckedPath;
import io.filewright.cli.FileStager;
import io.filewright.cli.PathValidator;
import io.filewright.cli.StagedFiles;
import io.filewright.error.FileException;

/// A command line program in four steps. Its arguments are staged, synchronously: whoever mistyped
/// a name hears it at once, and about all names together. Each file is opened and checked by its
/// descriptor. All of them load at the same time, while the rest of the arguments is looked at.
/// Then they are used.
///
/// What loads is the very file that was checked, whatever its name means by then.
void main(String[] arguments) throws InterruptedException {
  StagedFiles staged =
      FileStager.of()
          .withWordOption("--sum")
          .withRest("FILE", PathValidator.input())
          .stage(arguments);
  if (!staged.isOk() || staged.stagedCount() == 0) {
    end(2, (staged.report().text() + "\nusage: CliIntegration [--sum=NAME] FILE...").strip());
  }

  var handles = new ArrayList<AsyncFileHandle<MmapRegion>>();
  try {
    for (CheckedPath file : staged.staged()) {
      handles.add(AsyncFiles.open(file.open())); // it loads from here on
    }
    Supplier<Checksum> sum = sum(staged.words("--sum"));
    for (MmapRegion region : AsyncFiles.awaitAll(handles)) {
      IO.println(
          "%08x %d %s"
              .formatted(
                  region.checksum(sum.get()), region.byteSize(), region.path().getFileName()));
    }
  } catch (FileException e) {
    end(1, e.getMessage());
  } finally {
    handles.forEach(AsyncFileHandle::close);
  }
}

/// The last one that was named; CRC-32C if none was.
private Supplier<Checksum> sum(List<String> names) {
  return switch (names.isEmpty() ? "crc32c" : names.getLast()) {
    case "adler32" -> Adler32::new;
    case "crc32" -> CRC32::new;
    case "crc32c" -> CRC32C::new;
    default -> {
      end(2, "--sum: one of adler32, crc32, crc32c");
      yield CRC32C::new;
    }
  };
}

private void end(int exitCode, String message) {
  System.err.println(message);
  System.exit(exitCode);
}
