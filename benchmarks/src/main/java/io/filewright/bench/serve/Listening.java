package io.filewright.bench.serve;

import io.netty.util.concurrent.EventExecutor;

/// A server that is ready, until the process ends.
///
/// @param port on 127.0.0.1
/// @param loops what it serves on
/// @param forget lets go of mappings that it keeps, which hold pages in the page cache
record Listening(int port, Iterable<EventExecutor> loops, Runnable forget) {}
