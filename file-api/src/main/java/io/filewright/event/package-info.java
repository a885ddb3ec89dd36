/// What the library tells Java Flight Recorder: `jfr print --categories Filewright recording.jfr`.
///
/// All events are off the hot path: one for each open, load, hint, close or leak.
@NullMarked
package io.filewright.event;

import org.jspecify.annotations.NullMarked;
