/// The suite `stream`: files of any size in chunks, read once from end to end, and written.
@NullMarked
package io.filewright.bench.stream;

import org.jspecify.annotations.NullMarked;
