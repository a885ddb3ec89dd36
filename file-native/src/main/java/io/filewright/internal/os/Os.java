package io.filewright.internal.os;

import io.filewright.spi.CacheAdvice;
import io.filewright.spi.MapProtection;
import io.filewright.spi.OpenRequest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// The calls that mapping files needs, with one implementation for each operating system.
///
/// A negative result is a negated errno. All methods are safe for any thread; those that wait for
/// the disk say so. Addresses and descriptors are the caller's to keep valid during a call.
public interface Os {

  /// Size of a memory page, in bytes.
  int pageSize();

  /// How many descriptors the process may have (RLIMIT_NOFILE).
  long descriptorLimit();

  /// How many bytes the process may lock in memory (RLIMIT_MEMLOCK).
  long memoryLockLimit();

  /// How many mappings the process may have.
  long mappingLimit();

  /// The symbolic name of an errno, such as `ENOENT` for 2.
  String errnoName(int errno);

  /// Opens, without waiting for a FIFO's other end. May wait for the disk.
  ///
  /// @return a descriptor
  int open(OpenRequest request);

  /// Opens a directory to reach files by, which need not be readable. May wait for the disk.
  ///
  /// @return a descriptor
  int openDirectory(OpenRequest request);

  /// Whether this process may execute what a descriptor refers to.
  ///
  /// @return 0; -EACCES if it may not
  int mayExecute(int descriptor);

  /// What kind of file a descriptor refers to, how long it is, and which one it is.
  ///
  /// @param status is filled in
  /// @return 0
  int status(int descriptor, FileStatus status);

  /// The size of the file that a descriptor refers to, in bytes.
  long size(int descriptor);

  /// Reads at an offset. May wait for the disk.
  ///
  /// @param target native memory
  /// @return bytes read
  long read(int descriptor, long byteOffset, MemorySegment target);

  /// Reads at an offset what the page cache has, without waiting for the disk.
  ///
  /// @param target native memory
  /// @return bytes read; -EAGAIN or another error if it would have to wait, or cannot tell
  long readCached(int descriptor, long byteOffset, MemorySegment target);

  /// Writes at an offset. May wait for the disk.
  ///
  /// @param source native memory
  /// @return bytes written
  long write(int descriptor, long byteOffset, MemorySegment source);

  /// Reserves space for a range of a file, and makes the file longer if the range ends behind it.
  /// May wait for the disk.
  ///
  /// @return 0; -EOPNOTSUPP if the file system cannot
  int allocate(int descriptor, long byteOffset, long byteSize);

  /// Gives a file another size.
  ///
  /// @return 0
  int resize(int descriptor, long byteSize);

  /// Waits until content and size of a file are on the disk.
  ///
  /// @return 0
  int sync(int descriptor);

  /// The number of the file system that a file lies in, for [FileSystemNumbers].
  long fileSystem(int descriptor);

  /// Locks all of a file against other descriptors, until this one is closed; never waits.
  ///
  /// @return 0; -EAGAIN or -EACCES if a lock of another one excludes it
  int lockFile(int descriptor, boolean exclusive);

  /// Has the kernel keep those waiting who want to write to a file or truncate it. No signal
  /// arrives; who holds a lease asks [#holdsLease] now and then.
  ///
  /// @return 0; -EAGAIN if somebody has it open for writing
  int takeLease(int descriptor);

  /// Whether a lease that was taken is whole: nobody waits for its end, nor was let through.
  boolean holdsLease(int descriptor);

  /// Has reads and writes go past the page cache from now on.
  ///
  /// @return 0, or a negated errno
  int bypassCache(int descriptor);

  /// Gives a lease back.
  ///
  /// @return 0
  int releaseLease(int descriptor);

  /// Makes a file without a name that shares the blocks of another one.
  ///
  /// @return its descriptor, for reading and writing
  int cloneFile(int descriptor);

  /// Closes a descriptor.
  ///
  /// @return 0
  int close(int descriptor);

  /// Maps a range of a file: for everybody, but for COPY_ON_WRITE.
  ///
  /// @param byteOffset a multiple of the page size
  /// @return the address
  long map(int descriptor, long byteOffset, long byteSize, MapProtection protection);

  /// Waits until what was stored to mapped memory is on the disk.
  ///
  /// @param address a multiple of the page size
  /// @return 0
  int force(long address, long byteSize);

  /// Unmaps.
  ///
  /// @return 0
  int unmap(long address, long byteSize);

  /// Gives a hint about mapped memory, or acts on it. POPULATE waits for the disk.
  ///
  /// @param address a multiple of the page size
  /// @return 0; -EINVAL for a hint that it does not know
  int adviseMemory(long address, long byteSize, CacheAdvice advice);

  /// Gives a hint about a file's place in the page cache.
  ///
  /// @return 0; -EINVAL for a hint that it does not know
  int adviseFile(int descriptor, long byteOffset, long byteSize, CacheAdvice advice);

  /// Says for each page of mapped memory whether it is in memory: the lowest bit of a byte each.
  ///
  /// @param address a multiple of the page size
  /// @param vector native memory, one byte for each page
  /// @return 0
  int residency(long address, long byteSize, MemorySegment vector);

  /// Whether [#residency] knows: of files that the process neither owns nor may write, Linux says
  /// that all is in memory. False also if it is only by privilege that it knows.
  boolean tellsResidency(int descriptor);

  /// How many pages of a range of a file are in the page cache, if the system can tell without
  /// looking at each.
  Optional<Long> cachedPages(int descriptor, long byteOffset, long byteSize);

  /// Keeps memory from being paged out.
  ///
  /// @return 0
  int lock(long address, long byteSize);

  /// Allocates memory outside the heap, not initialised.
  ///
  /// @return its address; 0 if there is none left
  long allocate(long byteSize);

  /// Frees what [#allocate] gave.
  void free(long address);

  /// Native memory as a segment that lives as long as the arena.
  MemorySegment segment(long address, long byteSize, Arena arena);
}
