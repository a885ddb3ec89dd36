/// What tests of files need: a contract suite for engines, a strict fake and an engine that fails
/// on demand.
/// - [EngineContract]: extend it to hold an engine of one's own to the specification.
/// - [StrictEngine]: files in memory; it counts what is open and remembers every breach of the
///   engine's contract, so a test that leaks fails.
/// - [FaultyEngine]: wraps an engine; fails or blocks the n-th call of an operation.
///
/// Both engines go into a runtime by `FileRuntime.builder().engine(engine)`. Everything may be used
/// from any thread; nothing may be null.
@NullMarked
package io.filewright.testkit;

import org.jspecify.annotations.NullMarked;
