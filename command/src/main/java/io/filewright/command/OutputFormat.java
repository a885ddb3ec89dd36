package io.filewright.command;

/// Whom the output is for.
enum OutputFormat {
  /// People.
  TEXT,
  /// Programs: one object on one line for each file.
  JSON
}
