/// What is under a region: its lifetime, its memory, and the ways of reading it that cannot fault.
///
/// [Lifetime] says when memory may be touched and when it goes. [RegionMemory] is the memory
/// itself, in three kinds: [CheckedMemory], [UncheckedMemory] and [CopiedMemory]. The rest are
/// algorithms over it: [Blocks], [Search], [LineIterator], [Utf8].
@NullMarked
package io.filewright.internal.region;

import org.jspecify.annotations.NullMarked;
