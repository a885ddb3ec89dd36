/// Files in memory, without waiting for them: the public API.
///
/// [AsyncFiles] is the entry point. `open` returns an [AsyncFileHandle] at once; its [FileState]
/// goes from Pending through Loading to Ready or Failed; ready, it holds an [MmapRegion], through
/// which the bytes are read. [OpenOptions] says how, [FileRuntime] with what.
///
/// Everything here may be used from any thread unless it says otherwise, and nothing may be null.
/// What can be closed should be, best by try-with-resources.
@NullMarked
package io.filewright;

import org.jspecify.annotations.NullMarked;
