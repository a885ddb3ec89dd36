/// Files as Reactor publishers: begin with [io.filewright.reactor.ReactiveFiles].
///
/// ```
///   subscribe ──> Pull ── request(n) ──> Pass.next, on a worker of the Scheduler ──> onNext
///                  └───── cancel ──────> Pass.close, on that worker too
/// ```
///
/// Who requests all records of a file at once gets them from two tasks that take turns (`Turns`),
/// as making a record costs more than most subscribers do with it.
///
/// All that may wait for the disk happens on the [reactor.core.scheduler.Scheduler]; whoever
/// subscribes, requests or cancels never waits. `null` is never accepted.
@NullMarked
package io.filewright.reactor;

import org.jspecify.annotations.NullMarked;
