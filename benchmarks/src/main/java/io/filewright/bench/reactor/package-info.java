/// The suite `reactor`: files as Reactor publishers, beside plain loops and what others publish.
@NullMarked
package io.filewright.bench.reactor;

import org.jspecify.annotations.NullMarked;
