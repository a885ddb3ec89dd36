package io.filewright.internal.region;

import io.filewright.error.FileException;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// A mapping that is trusted: everything goes straight to memory, and nothing is checked.
///
/// For files that nobody truncates. A fault that the JVM survives still becomes an exception, but
/// bytes seen before it arrived may be junk.
public final class UncheckedMemory implements RegionMemory {

  private final Mapping mapping;
  private final CheckedMemory checked;

  public UncheckedMemory(OpenedFile file, Mapping mapping, long fileOffset, Counters counters) {
    this.mapping = mapping;
    this.checked = new CheckedMemory(file, mapping, fileOffset, counters);
  }

  @Override
  public Path path() {
    return checked.path();
  }

  @Override
  public Mapping mapping() {
    return mapping;
  }

  @Override
  public Optional<Path> alias() {
    return checked.alias();
  }

  @Override
  public long fileOffset() {
    return checked.fileOffset();
  }

  @Override
  public boolean isCopy() {
    return false;
  }

  @Override
  public void read(long byteOffset, MemorySegment target) throws FileException {
    long to = byteOffset + target.byteSize();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment.copy(mapping.segment(arena), byteOffset, target, 0, target.byteSize());
    } catch (InternalError e) {
      throw fault("read", byteOffset, to, e);
    }
  }

  /// Reads the descriptor: touching a page that is not in memory would block.
  @Override
  public CompletionStage<Void> readAsync(long byteOffset, MemorySegment target) {
    return checked.readAsync(byteOffset, target);
  }

  @Override
  public void forEachBlock(long from, long to, BlockVisitor visitor) throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      Blocks.visit(mapping.segment(arena), from, to, visitor);
    } catch (InternalError e) {
      throw fault("read", from, to, e);
    }
  }

  @Override
  public void verify(String operation, long from, long to) {
    // Trusted.
  }

  @Override
  public FileException fault(String operation, long from, long to, Throwable cause) {
    return checked.fault(operation, from, to, cause);
  }

  @Override
  public void free() {
    checked.free();
  }
}
