/// SYNCHRONOUS ONLY, as all of `io.filewright.cli`: its validators for programs that parse their
/// command line with picocli.
///
/// [PathChecks] checks all options and parameters together before the command runs, and reports all
/// problems at once through picocli's own handler and exit code. A [CheckedPathConverter] checks
/// one value while picocli parses it.
@NullMarked
package io.filewright.cli.picocli;

import org.jspecify.annotations.NullMarked;
