package io.filewright.cli;

/// What a value may have been refused for.
public enum Rule {
  /// The value can be the name of a file at all, and the way to it can be walked.
  PATH("path"),
  /// Something has this name.
  EXISTS("exists"),
  /// It is of a kind that is wanted: a regular file, a directory.
  KIND("kind"),
  /// This process may read it.
  READABLE("readable"),
  /// This process may write it; or, if there is none yet, may create it.
  WRITABLE("writable"),
  /// This process may execute it, or enter it if it is a directory.
  EXECUTABLE("executable"),
  /// It has content.
  NOT_EMPTY("not-empty"),
  /// Its size is within bounds.
  SIZE("size"),
  /// Its name ends as it should.
  EXTENSION("extension"),
  /// The way to it has no symbolic links that are not wanted, and none in a circle.
  SYMLINKS("symlinks"),
  /// The way to it stays inside a directory.
  INSIDE_ROOT("inside-root"),
  /// Nothing is overwritten.
  OVERWRITE("overwrite"),
  /// It is not the same file as another argument.
  DISTINCT("distinct"),
  /// A pattern matches something, and not too much.
  GLOB("glob"),
  /// The option or argument was given, and is known.
  USAGE("usage");

  private final String id;

  Rule(String id) {
    this.id = id;
  }

  /// The rule's name for programs, such as `not-empty`: lower case, stable.
  public String id() {
    return id;
  }
}
