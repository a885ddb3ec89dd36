/// How a file is replaced as a whole: [Target] finds what is to be replaced, [Temporary] takes the
/// new content, [Publication] puts it in its place, [Sweeper] removes what a killed process left.
///
/// The JDK alone. A channel that an interrupt closes would lose somebody's file, so all of it goes
/// through [java.nio.channels.AsynchronousFileChannel], which knows no interrupts, run by the
/// caller's own thread ([CallerRuns]).
@NullMarked
package io.filewright.internal.atomic;

import org.jspecify.annotations.NullMarked;
