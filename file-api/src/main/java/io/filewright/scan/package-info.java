/// Looking for bytes in memory: [io.filewright.scan.ByteScan].
@NullMarked
package io.filewright.scan;

import org.jspecify.annotations.NullMarked;
