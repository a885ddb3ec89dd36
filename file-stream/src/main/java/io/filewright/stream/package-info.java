/// Files of any size in bounded memory.
@NullMarked
package io.filewright.stream;

import org.jspecify.annotations.NullMarked;
