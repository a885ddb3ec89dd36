package io.filewright.internal.os;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.SaveError;
import jnr.ffi.types.size_t;
import jnr.ffi.types.u_int64_t;

/// The memory functions of the C library, bound by jnr-ffi beside jnr-posix, whose `POSIX` has none
/// of them. Public because jnr-ffi implements it in a class of its own.
///
/// Each returns -1 on failure and leaves its errno in [#lastErrno] of the same thread.
public interface MemoryCalls {

  /// Binds them.
  static MemoryCalls load() {
    return LibraryLoader.create(MemoryCalls.class).load("c");
  }

  /// The errno of this thread's last call; means something only after a -1.
  static int lastErrno(MemoryCalls calls) {
    return Runtime.getRuntime(calls).getLastError();
  }

  @SaveError
  int madvise(@u_int64_t long address, @size_t long byteSize, int advice);

  @SaveError
  int mincore(@u_int64_t long address, @size_t long byteSize, @u_int64_t long vector);

  @SaveError
  int mlock(@u_int64_t long address, @size_t long byteSize);
}
