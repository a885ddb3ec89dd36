/// A file as blocks in memory, however they get there. [io.filewright.internal.blocks.BlockFile] is
/// the entry; what it is made of is a choice between positional reads, asynchronous ones, direct
/// I/O and mapped windows.
@NullMarked
package io.filewright.internal.blocks;

import org.jspecify.annotations.NullMarked;
