/// What Jazzer makes up.
@NullMarked
package io.filewright.fuzz;

import org.jspecify.annotations.NullMarked;
