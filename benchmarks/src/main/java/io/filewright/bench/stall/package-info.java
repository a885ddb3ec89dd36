/// The suite `stall`: how long loads hold up a scheduler that has other things to do.
@NullMarked
package io.filewright.bench.stall;

import org.jspecify.annotations.NullMarked;
