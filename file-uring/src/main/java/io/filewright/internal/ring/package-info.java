/// Engines whose completions arrive on an event loop of Netty's.
///
/// [UringEngine] lets the kernel do the work: [Opening] and [RingWork] turn what is asked for into
/// [Operation]s, [Ring] submits them, bounded, and tells their ends. [EpollEngine] lets threads do
/// it and only delivers. All of a [Ring]'s state belongs to its loop's thread.
@NullMarked
package io.filewright.internal.ring;

import org.jspecify.annotations.NullMarked;
