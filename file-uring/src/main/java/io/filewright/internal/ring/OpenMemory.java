package io.filewright.internal.ring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.filewright.internal.os.FileStatus;
import io.filewright.internal.os.OpenCall;
import io.filewright.internal.os.Os;
import io.filewright.internal.os.Statx;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What the kernel reads and writes while it opens a file.
///
/// ```
///   0           256          280   288                        4392
///   +-----------+------------+-----+--------------------------+
///   | statx     | open_how   | ""  | path, with a zero behind |
///   +-----------+------------+-----+--------------------------+
/// ```
final class OpenMemory {

  private static final int HOW = Statx.BYTES;
  private static final int EMPTY = HOW + 24;
  private static final int PATH = EMPTY + 8;

  /// The longest path, by the kernel's PATH_MAX, with its zero; of a longer one it is enough that
  /// the kernel finds no zero in these.
  private static final int PATH_BYTES = 4096;

  private final Os os;
  private final MemorySegment memory;

  /// Allocates it.
  ///
  /// @throws OutOfMemoryError if the system has none left
  OpenMemory(Os os) {
    long address = os.allocate(PATH + PATH_BYTES + 8);
    if (address == 0) {
      throw new OutOfMemoryError("no native memory for a path");
    }
    this.os = os;
    // SAFETY: freed by `free`, which is called when the kernel does not work with it any more.
    this.memory = os.segment(address, PATH + PATH_BYTES + 8, Arena.global());
    memory.fill((byte) 0);
  }

  /// Takes a path and the rules for the way to it.
  void set(OpenCall call) {
    byte[] path = call.path();
    int length = Math.min(path.length, PATH_BYTES);
    MemorySegment.copy(path, 0, memory, JAVA_BYTE, PATH, length);
    memory.set(JAVA_BYTE, PATH + length, (byte) 0);
    memory.set(JAVA_LONG, HOW, call.flags());
    memory.set(JAVA_LONG, HOW + 8, call.mode());
    memory.set(JAVA_LONG, HOW + 16, call.resolve());
  }

  /// The path.
  long path() {
    return memory.address() + PATH;
  }

  /// Flags, mode and rules (`struct open_how`).
  long how() {
    return memory.address() + HOW;
  }

  /// A path without a character.
  long emptyPath() {
    return memory.address() + EMPTY;
  }

  /// Where statx(2) leaves what it finds.
  long statx() {
    return memory.address();
  }

  /// Has the structure filled in with what this kernel knows of a descriptor's file.
  int askStatx(int descriptor) {
    return Statx.ask(descriptor, memory);
  }

  /// What it found.
  FileStatus status() {
    return Statx.status(memory);
  }

  void free() {
    os.free(memory.address());
  }
}
