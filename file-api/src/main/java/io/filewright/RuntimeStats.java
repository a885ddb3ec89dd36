package io.filewright;

/// What a runtime holds and has done, at one moment.
///
/// @param activeRegions regions that hold memory; slices are not counted
/// @param mappedBytes address space that is mapped, in bytes
/// @param copiedBytes memory that holds copies, in bytes
/// @param openDescriptors file descriptors
/// @param prefaultedBytes bytes brought in by loads and prefetches so far
/// @param faults reads and computations over regions that ended with a truncation or a device
///   error, as an exception, so far; those of streams that read a descriptor are not among them
/// @param leakedRegions what became unreachable without having been closed so far: regions, slices
///   and chunks, and streams of lines that were not read to their end
/// @param failedCloses unmaps and closes that the system refused so far
public record RuntimeStats(
    long activeRegions,
    long mappedBytes,
    long copiedBytes,
    long openDescriptors,
    long prefaultedBytes,
    long faults,
    long leakedRegions,
    long failedCloses) {}
