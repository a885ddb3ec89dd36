package io.filewright.cli;

import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import io.filewright.spi.Engine;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedFile;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Opens first and checks then, so that what was checked is what is open. Only a file that cannot
/// be opened is looked at by its path, to find words for it.
final class Opening {

  /// An opened file does not tell its times, and nobody sees them here.
  private static final FileTime NEVER = FileTime.fromMillis(0);

  private final PathValidator rules;
  private final Engine engine;

  Opening(PathValidator rules, Engine engine) {
    this.rules = rules;
    this.engine = engine;
  }

  CheckedFile open(Argument argument) throws FileException {
    if (!(Value.parse(argument) instanceof Value.Named(Path path, boolean claimsDirectory))) {
      throw ValidationFailed.of(byPath(argument));
    }
    if (claimsDirectory) {
      var _ = byPath(argument).orThrow();
    }
    OpenedFile file;
    try {
      file = engine.openNow(request(path));
    } catch (FileException e) {
      throw explained(argument, e);
    }
    boolean passed = false;
    try {
      CheckedFile checked = check(argument, path, file);
      passed = true;
      return checked;
    } finally {
      if (!passed) {
        file.close();
      }
    }
  }

  private OpenRequest request(Path path) {
    boolean writes = rules.target().access().contains(AccessMode.WRITE);
    Optional<Path> root = rules.location().root().map(Path::toAbsolutePath);
    return new OpenRequest(
        root.isPresent() ? path.toAbsolutePath() : path,
        writes ? OpenIntent.UPDATE : OpenIntent.READ,
        rules.location().symlinks(),
        root);
  }

  /// Engines open regular files only, so the kind is right unless a directory was wanted.
  private CheckedFile check(Argument argument, Path path, OpenedFile file) throws FileException {
    long byteSize = file.size();
    var identity = file.identity();
    var problems = new ArrayList<Problem>();
    boolean right = KindRules.check(path, FileKind.REGULAR_FILE, false, rules.target(), problems);
    if (right) {
      ContentRules.checkSize(byteSize, rules.content().size(), problems);
    }
    if (rules.target().access().contains(AccessMode.EXECUTE) && !file.isExecutable()) {
      problems.add(AccessRules.notExecutable());
    }
    ContentRules.checkName(path, rules.content().extensions(), problems);
    var metadata =
        new FileMetadata(FileKind.REGULAR_FILE, byteSize, NEVER, NEVER, Optional.of(identity));
    var checked = new CheckedPath(argument, rules, new Finding.Found(path, metadata), problems);
    if (!checked.isOk()) {
      throw ValidationFailed.of(new ValidationReport(List.of(checked)));
    }
    return new CheckedFile(checked, identity, byteSize, file);
  }

  /// What the rules say about a file that could not be opened; if they have no objection, the
  /// failure itself.
  private FileException explained(Argument argument, FileException failure) {
    if (failure instanceof Unsupported) {
      return failure;
    }
    ValidationReport report = byPath(argument);
    return report.isOk() ? failure : ValidationFailed.of(report, failure);
  }

  /// The same rules, but that the name stands for a file that is there.
  private ValidationReport byPath(Argument argument) {
    return rules
        .withExistence(Target.Existence.REQUIRED)
        .withDash(Notation.Dash.A_NAME)
        .withPatterns(Notation.Patterns.NAMES)
        .validate(List.of(argument));
  }
}
