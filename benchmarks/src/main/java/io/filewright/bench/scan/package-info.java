/// The suite `scan`: how fast bytes are gone through once they are in memory.
@NullMarked
package io.filewright.bench.scan;

import org.jspecify.annotations.NullMarked;
