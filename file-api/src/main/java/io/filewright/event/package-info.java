/// What the library tells Java Flight Recorder: `jfr print --categories Filewright recording.jfr`.
///
/// Only [FilePlacementEvent] says which file system a file is in: finding that out takes a system
/// call, which nobody pays for who did not ask for that event. The path joins it with the others.
///
/// All events are off the hot path: one for each open, load, hint, close or leak.
@NullMarked
package io.filewright.event;

import org.jspecify.annotations.NullMarked;
