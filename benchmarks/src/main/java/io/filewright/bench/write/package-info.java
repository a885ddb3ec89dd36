/// The suite `write`: what it costs to write a file and to know that it is on the disk.
@NullMarked
package io.filewright.bench.write;

import org.jspecify.annotations.NullMarked;
