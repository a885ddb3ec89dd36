/// Off-heap memory is reserved here before it is allocated: [MemoryBudget] and its [Reservation]s.
@NullMarked
package io.filewright.memory;

import org.jspecify.annotations.NullMarked;
