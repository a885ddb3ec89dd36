package io.filewright.bench.write;

import io.filewright.bench.kit.FileWrite;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a file that is not there.
abstract class NewFile extends FileWrite {

  @Override
  protected final void settle(Path file) throws Exception {
    Files.delete(file);
  }
}
