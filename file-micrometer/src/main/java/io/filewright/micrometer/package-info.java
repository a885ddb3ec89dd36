/// The figures of a runtime and of a budget as Micrometer's meters:
/// [io.filewright.micrometer.FileRuntimeMetrics], [io.filewright.micrometer.MemoryBudgetMetrics].
///
/// A meter asks when it is asked, so nothing costs anything between two looks of a registry, and a
/// look waits for nobody. `null` is never accepted.
@NullMarked
package io.filewright.micrometer;

import org.jspecify.annotations.NullMarked;
