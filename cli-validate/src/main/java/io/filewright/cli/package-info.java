/// SYNCHRONOUS ONLY: this validates, `io.filewright` loads.
///
/// Start with a preset of [PathValidator] (`input`, `output`, `config`, `source`), change what
/// differs, and give it the values of a command line: the [ValidationReport] names all problems at
/// once. A [FileStager] does so for a whole command line, with a validator for each option and
/// position. [PathValidator#validateAndOpen] leaves no gap between the check and the use: the
/// [CheckedFile] holds the descriptor that was checked, and `AsyncFiles.open` maps that very file.
/// An output is a [CheckedOutput], whose content takes the old one's place on `commit` or not at
/// all.
///
/// ```
///   arguments ──> FileStager ──> StagedFiles ──> errors, or CheckedPath ──> CheckedFile ──> AsyncFiles
///                     │                                         └─────────> CheckedOutput
///               PathValidator
/// ```
///
/// No method here starts a thread or returns before its work is done. Each may wait for the file
/// system, but never for a FIFO, and none reads a file's content. Everything but [CheckedFile] and
/// [CheckedOutput] is immutable. Nothing may be null.
@NullMarked
package io.filewright.cli;

import org.jspecify.annotations.NullMarked;
