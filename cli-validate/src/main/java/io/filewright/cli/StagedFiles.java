package io.filewright.cli;

import java.util.ArrayList;
import java.util.List;

/// A command line that was taken apart: its files, each looked at once, and its other words.
/// Immutable. Nothing is open and nothing was read: open what you need by [CheckedPath#open].
public final class StagedFiles {

  private final ValidationReport report;
  private final List<String> owners;
  private final List<Word> words;

  /// A value that is no file.
  ///
  /// @param name of the option or position
  /// @param value empty for a flag
  record Word(String name, String value) {}

  StagedFiles(ValidationReport report, List<String> owners, List<Word> words) {
    this.report = report;
    this.owners = List.copyOf(owners);
    this.words = List.copyOf(words);
  }

  /// All files in the order of the command line, and what was wrong with its options.
  public ValidationReport report() {
    return report;
  }

  /// Whether all passed.
  public boolean isOk() {
    return report.isOk();
  }

  /// Those that passed.
  public List<CheckedPath> files() {
    return report.paths().stream().filter(CheckedPath::isOk).toList();
  }

  /// Those that passed, are regular files and are to be read: what can be loaded.
  public List<CheckedPath> staged() {
    return files().stream().filter(path -> isRegularFile(path) && !isOutput(path)).toList();
  }

  /// Those that passed and are to be written, whether they are there or not.
  public List<CheckedPath> outputs() {
    return files().stream().filter(StagedFiles::isOutput).toList();
  }

  /// Those that did not pass.
  public List<CheckedPath> errors() {
    return report.errors();
  }

  /// How many files passed.
  public int fileCount() {
    return files().size();
  }

  /// How many can be loaded.
  public int stagedCount() {
    return staged().size();
  }

  /// How many did not pass.
  public int errorCount() {
    return errors().size();
  }

  /// All files of an option or position, whether they passed or not, in their order.
  public List<CheckedPath> all(String name) {
    var found = new ArrayList<CheckedPath>();
    for (int i = 0; i < owners.size(); i++) {
      if (owners.get(i).equals(name)) {
        found.add(report.paths().get(i));
      }
    }
    return found;
  }

  /// All values of an option or position that takes no files.
  public List<String> words(String name) {
    return words.stream().filter(word -> word.name().equals(name)).map(Word::value).toList();
  }

  /// Whether a flag was given.
  public boolean has(String flag) {
    return words.stream().anyMatch(word -> word.name().equals(flag));
  }

  /// All or nothing.
  ///
  /// @throws ValidationFailed with all problems, if there are any
  public StagedFiles orThrow() throws ValidationFailed {
    var _ = report.orThrow();
    return this;
  }

  private static boolean isRegularFile(CheckedPath path) {
    return path.metadata().filter(file -> file.kind() == FileKind.REGULAR_FILE).isPresent();
  }

  private static boolean isOutput(CheckedPath path) {
    return path.validator().isOutput();
  }
}
