/// The `filewright` command: the library at the shell's service.
///
/// Start reading at [Main], which makes the [FilewrightCommand] with one class for each subcommand.
/// Those that work on files hand a [FileTask] to a [FileRun]: it begins many files at once, while
/// loads and scans run on threads of the runtime and of the [Inspectors]. All that is written is
/// written by the main thread, which takes messages from a [Mailbox]; what a file has come to is a
/// [Report], in JSON or in lines.
///
/// Exit codes: 0 when all went well, also when a reader closed the pipe early; 1 when a file
/// failed; 2 for wrong usage.
@NullMarked
package io.filewright.command;

import org.jspecify.annotations.NullMarked;
