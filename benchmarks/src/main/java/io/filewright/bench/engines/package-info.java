/// The suite `engines`: the same loads by each engine.
@NullMarked
package io.filewright.bench.engines;

import org.jspecify.annotations.NullMarked;
