/// A file server for HTTP/1.1. Begin with [io.filewright.server.FileServer].
///
/// ```
///   socket ──> HttpRequestDecoder ──> Connection ──> RequestTarget ──> OpenFiles ──> ServedFile
///                                         │            (a path)     (beneath the root)    │
///   socket <── ResponseHead, BodyWriter <─┴── Preconditions, ByteRanges <─────────────────┘
/// ```
///
/// Event loops parse, decide and send; whatever may wait for the disk, such as an open or a look at
/// a directory, happens on virtual threads and the engine's. `null` is never accepted.
@NullMarked
package io.filewright.server;

import org.jspecify.annotations.NullMarked;
