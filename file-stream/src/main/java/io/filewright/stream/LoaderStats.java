package io.filewright.stream;

/// What a [LazyLoader] has done so far. The numbers are exact when nobody is at it, and close to it
/// otherwise.
///
/// @param hits times that a kept value was found
/// @param loads loads begun
/// @param failedLoads loads that failed, for example because a limit was too narrow
/// @param evictions values that went for the sake of others
/// @param expirations values that went because of their age
/// @param keptValues values kept now; what is borrowed but not kept any more does not count
/// @param usedBytes bytes charged now, for values that are kept, borrowed or being loaded
/// @param limitBytes the most that may be charged
public record LoaderStats(
    long hits,
    long loads,
    long failedLoads,
    long evictions,
    long expirations,
    long keptValues,
    long usedBytes,
    long limitBytes) {}
