/// What contenders of several suites share: passes over a file, writes of one, our runtime, the
/// sums that they compute, bare system calls.
@NullMarked
package io.filewright.bench.kit;

import org.jspecify.annotations.NullMarked;
