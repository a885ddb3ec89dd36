/// Bounded platform threads for engines whose system calls block.
///
/// [ThreadedEngine] turns a [BlockingOpener] into an engine; [WorkerThreads] are its two pools, one
/// for opens (which may hang, so it has spares) and one for loads (which may not).
@NullMarked
package io.filewright.internal.threads;

import org.jspecify.annotations.NullMarked;
