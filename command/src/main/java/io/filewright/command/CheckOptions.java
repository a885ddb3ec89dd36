package io.filewright.command;

import io.filewright.cli.Extensions;
import io.filewright.cli.FileKind;
import io.filewright.cli.Location.Sameness;
import io.filewright.cli.Notation.Dash;
import io.filewright.cli.Notation.Patterns;
import io.filewright.cli.PathValidator;
import io.filewright.cli.SizeRange;
import io.filewright.cli.Target.Existence;
import io.filewright.cli.Target.Overwriting;
import io.filewright.spi.SymlinkPolicy;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The rules of `filewright check`, as options.
final class CheckOptions {

  /// Where the rules begin.
  enum Preset {
    INPUT,
    OUTPUT,
    CONFIG,
    SOURCE
  }

  /// What a path may be.
  enum Kind {
    FILE,
    DIRECTORY,
    EITHER,
    ANY
  }

  @Option(
      names = "--preset",
      paramLabel = "WHICH",
      description =
          "The rules to begin with: input (the default): a regular file that can be read;"
              + " output: a new one that can be created; config: an input of up to 16 MiB;"
              + " source: an input that is not empty.")
  private Preset preset = Preset.INPUT;

  @Option(names = "--may-be-absent", description = "It need not be there.")
  private boolean mayBeAbsent;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "What it has to be: file, directory, either, any.")
  private Optional<Kind> kind = Optional.empty();

  @Option(
      names = "--access",
      paramLabel = "MODE",
      split = ",",
      description = "What this process must be allowed to do: read, write, execute.")
  private List<AccessMode> access = List.of();

  @Option(names = "--not-empty", description = "It has content.")
  private boolean notEmpty;

  @Option(names = "--min-size", paramLabel = "BYTES", description = "The smallest size.")
  private Optional<Long> minSize = Optional.empty();

  @Option(names = "--max-size", paramLabel = "BYTES", description = "The largest size.")
  private Optional<Long> maxSize = Optional.empty();

  @Option(
      names = "--extension",
      paramLabel = "EXT",
      split = ",",
      description = "How its name has to end: csv, tar.gz. Several may be allowed.")
  private List<String> extensions = List.of();

  @Option(
      names = "--exact-case",
      description = "Upper and lower case matter in extensions; by default they do not.")
  private boolean exactCase;

  @Option(
      names = "--symlinks",
      paramLabel = "HOW",
      converter = SymlinkArgument.class,
      description = "Symbolic links: follow (the default), refuse-final, refuse-any.")
  private SymlinkPolicy symlinks = SymlinkPolicy.FOLLOW;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The way to it must not leave this directory.")
  private Optional<Path> root = Optional.empty();

  @Option(names = "--dash", description = "`-` is standard input or output.")
  private boolean dash;

  @Option(names = "--glob", description = "Expand *, ?, [...] and {a,b}.")
  private boolean glob;

  @Option(names = "--overwrite", description = "An output may be there already.")
  private boolean overwrite;

  @Option(names = "--distinct", description = "No two paths are the same file.")
  private boolean distinct;

  /// @throws IllegalArgumentException if no path could pass, or a rule is none
  PathValidator validator() {
    PathValidator rules =
        switch (preset) {
          case INPUT -> PathValidator.input();
          case OUTPUT -> PathValidator.output();
          case CONFIG -> PathValidator.config();
          case SOURCE -> PathValidator.source();
        };
    rules = mayBeAbsent ? rules.withExistence(Existence.OPTIONAL) : rules;
    rules = kind.isPresent() ? withKind(rules, kind.get()) : rules;
    rules = access.isEmpty() ? rules : rules.withAccess(access.toArray(AccessMode[]::new));
    rules = rules.withSymlinks(symlinks);
    rules = root.isPresent() ? rules.withRoot(root.get()) : rules;
    rules = dash ? rules.withDash(Dash.STANDARD_STREAM) : rules;
    rules = glob ? rules.withPatterns(Patterns.EXPANDED) : rules;
    rules = overwrite ? rules.withOverwriting(Overwriting.ALLOWED) : rules;
    rules = distinct ? rules.withSameness(Sameness.REFUSED) : rules;
    return withContent(rules);
  }

  private PathValidator withContent(PathValidator rules) {
    SizeRange size = rules.content().size();
    long given = minSize.orElse(size.least());
    long least = notEmpty ? Math.max(1, given) : given;
    var letters = exactCase ? Extensions.Letters.EXACT : Extensions.Letters.SAME_IN_BOTH_CASES;
    return rules.withContent(
        new PathValidator.Content(
            new SizeRange(least, maxSize.orElse(size.most())),
            new Extensions(extensions, letters)));
  }

  private static PathValidator withKind(PathValidator rules, Kind kind) {
    return switch (kind) {
      case FILE -> rules.withKinds(FileKind.REGULAR_FILE);
      case DIRECTORY -> rules.withKinds(FileKind.DIRECTORY);
      case EITHER -> rules.withKinds(FileKind.REGULAR_FILE, FileKind.DIRECTORY);
      case ANY -> rules.withKinds(FileKind.REGULAR_FILE, FileKind.values());
    };
  }
}
