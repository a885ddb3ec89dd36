/// The suite `leak`: what a great many opens and closes leave behind.
@NullMarked
package io.filewright.bench.leak;

import org.jspecify.annotations.NullMarked;
