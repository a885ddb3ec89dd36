/// Files and mappings over raw system calls: alignment, loading in chunks, residency, and what an
/// errno means for a file.
@NullMarked
package io.filewright.internal.map;

import org.jspecify.annotations.NullMarked;
