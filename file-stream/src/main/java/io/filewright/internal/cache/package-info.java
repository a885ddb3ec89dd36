/// What a lazy loader keeps: entries with their users, the shelf that they stand on, loads in
/// flight.
@NullMarked
package io.filewright.internal.cache;

import org.jspecify.annotations.NullMarked;
