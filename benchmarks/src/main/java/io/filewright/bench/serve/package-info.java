/// The suite `serve`: files over HTTP, by our server and by others.
@NullMarked
package io.filewright.bench.serve;

import org.jspecify.annotations.NullMarked;
