/// The side-by-side runner: [Main] reads the command line, [Suite]s list [Comparison]s, [Runner]
/// plays one comparison with a process per [Entrant], [Report] shows what came of it.
///
/// Inside those processes [Child] drives one [Contender].
@NullMarked
package io.filewright.bench;

import org.jspecify.annotations.NullMarked;
