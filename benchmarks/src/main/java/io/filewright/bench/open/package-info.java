/// The suite `open`: everything from a path to bytes that can be used.
@NullMarked
package io.filewright.bench.open;

import org.jspecify.annotations.NullMarked;
