/// The engine that every JDK has: `java.io` and `java.nio` alone, no restricted method.
///
/// It cannot give hints, lock pages or lend a segment to one thread; closing a mapping costs a
/// handshake with all threads. Two things are done with care: a channel is closed for everybody
/// when a thread is interrupted in it, so files are read by [java.io.RandomAccessFile] and mapped
/// on our own threads, which nobody interrupts; and opening a FIFO blocks, so the type is looked at
/// first.
@NullMarked
package io.filewright.internal.portable;

import org.jspecify.annotations.NullMarked;
