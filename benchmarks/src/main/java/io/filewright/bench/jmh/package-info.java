/// Costs of single calls, by JMH: `bench jmh`.
@NullMarked
package io.filewright.bench.jmh;

import org.jspecify.annotations.NullMarked;
