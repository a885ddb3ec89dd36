/// The `populate` engine: mmap(2), and bounded platform threads that bring pages in with
/// `MADV_POPULATE_READ`, chunk by chunk.
@NullMarked
package io.filewright.internal.load;

import org.jspecify.annotations.NullMarked;
