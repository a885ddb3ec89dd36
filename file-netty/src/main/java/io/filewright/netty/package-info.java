/// Files on Netty's channels. What waits for the disk is kept away from event loops, as far as the
/// kernel tells what is in memory: see [io.filewright.netty.RegionWriter].
///
/// ```
///   MmapRegion ──┬─> RegionBuffers ──> ByteBuf          no copy; strong guards and copies only
///                ├─> RegionChannel ──> FileTransfer     sendfile, splice
///                ├─> PrefetchedInput                    pooled copies, read ahead elsewhere
///                └─> RegionWriter                       FileTransfer of what is in memory,
///                                                       PrefetchedInput of what is not
///   Transport: io_uring, epoll, NIO
/// ```
///
/// Begin with [io.filewright.netty.RegionWriter]. `null` is never accepted.
@NullMarked
package io.filewright.netty;

import org.jspecify.annotations.NullMarked;
