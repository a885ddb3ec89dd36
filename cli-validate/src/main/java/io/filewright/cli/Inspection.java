package io.filewright.cli;

import io.filewright.cli.Target.Existence;
import io.filewright.cli.Target.Overwriting;
import io.filewright.spi.SymlinkPolicy;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;

/// Looks at one file, once, and applies all rules to what it saw. Only what is wrong costs more
/// calls, to find words for it.
final class Inspection {

  private static final LinkOption[] FOLLOW = {};
  private static final LinkOption[] NOFOLLOW = {LinkOption.NOFOLLOW_LINKS};

  private final Path path;
  private final boolean claimsDirectory;
  private final PathValidator rules;
  private final Diagnosis diagnosis;
  private final List<Problem> problems;

  Inspection(Value.Named value, PathValidator rules, Diagnosis diagnosis, List<Problem> problems) {
    this.path = value.path();
    this.claimsDirectory = value.claimsDirectory();
    this.rules = rules;
    this.diagnosis = diagnosis;
    this.problems = problems;
  }

  Finding run() {
    Finding finding = look();
    switch (finding) {
      case Finding.Found(_, FileMetadata file) -> checkFile(file);
      case Finding.Absent _ -> checkAbsence();
      case Finding.Unreachable _, Finding.NoPath _, Finding.StandardStream _ -> {}
    }
    ContentRules.checkName(path, rules.content().extensions(), problems);
    if (!(finding instanceof Finding.Unreachable)) {
      PlaceRules.check(path, rules.location(), problems);
    }
    if (problems.size() > 1) {
      problems.sort(Comparator.comparing(Problem::rule));
    }
    return finding;
  }

  private Finding look() {
    var links = rules.location().symlinks() == SymlinkPolicy.FOLLOW ? FOLLOW : NOFOLLOW;
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class, links);
      return new Finding.Found(path, FileMetadata.of(attributes));
    } catch (NoSuchFileException _) {
      return new Finding.Absent(path);
    } catch (IOException e) {
      problems.add(diagnosis.unreachable(path, e));
      return new Finding.Unreachable(path);
    }
  }

  private void checkFile(FileMetadata file) {
    if (file.kind() == FileKind.SYMLINK && !rules.target().kinds().contains(FileKind.SYMLINK)) {
      problems.add(PlaceRules.link(path));
      return;
    }
    if (rules.target().overwriting() == Overwriting.REFUSED && rules.isOutput()) {
      problems.add(AccessRules.overwriting());
    }
    boolean kindIsRight =
        KindRules.check(path, file.kind(), claimsDirectory, rules.target(), problems);
    if (kindIsRight && file.kind() == FileKind.REGULAR_FILE) {
      ContentRules.checkSize(file.byteSize(), rules.content().size(), problems);
    }
    for (AccessMode mode : rules.target().access()) {
      AccessRules.check(path, mode, problems);
    }
  }

  private void checkAbsence() {
    if (rules.target().existence() == Existence.REQUIRED) {
      problems.add(diagnosis.absent(path));
      return;
    }
    if (claimsDirectory && !rules.target().kinds().contains(FileKind.DIRECTORY)) {
      problems.add(KindRules.claimedDirectory());
    }
    if (rules.target().access().contains(AccessMode.WRITE)) {
      AccessRules.checkCreatable(path, rules.target().overwriting(), problems);
    }
  }
}
