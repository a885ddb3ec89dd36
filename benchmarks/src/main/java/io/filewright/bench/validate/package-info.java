/// The suite `validate`: what checking paths costs beside looking at each file once.
@NullMarked
package io.filewright.bench.validate;

import org.jspecify.annotations.NullMarked;
