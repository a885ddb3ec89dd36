/// What an engine provides: the seam between the API and the operating system.
///
/// An [EngineProvider] is found by `ServiceLoader`, is asked whether it can run here, and creates
/// an [Engine]. The engine opens an [OpenedFile]; that maps ranges of itself as [Mapping]s. Nothing
/// in this package knows the API above it; of the project it uses only the errors.
///
/// Contract for all of it: methods may be called from any thread; no asynchronous method blocks its
/// caller; stages complete on the engine's own threads or on the caller's, so dependents must be
/// short and must not block; nothing may be null. Callers guarantee that no method of a file or a
/// mapping is running, and none is called, once its `close` has been called.
@NullMarked
package io.filewright.spi;

import org.jspecify.annotations.NullMarked;
