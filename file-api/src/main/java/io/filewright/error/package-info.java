/// Everything that can go wrong with a file, as a closed set of types.
///
/// [FileException] is the root; its message reads `[path] operation(offset=, size=): cause. What to
/// check.` and its parts are there as [FailureDetails]. Mistakes of the program ([OutOfBounds],
/// [AlreadyClosed]) are unchecked. All types are immutable and safe for any thread.
@NullMarked
package io.filewright.error;

import org.jspecify.annotations.NullMarked;
