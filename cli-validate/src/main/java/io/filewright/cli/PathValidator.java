package io.filewright.cli;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.error.FileException;
import io.filewright.spi.SymlinkPolicy;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Rules for a value that names a file. Start with a preset and change what differs:
///
/// ```java
/// PathValidator.input().withExtensions("csv", "tar.gz").withMaxSize(1 << 30)
/// ```
///
/// Immutable; safe to share.
///
/// @param target what has to be there
/// @param content what has to be in it
/// @param location where it may lie
/// @param notation what a value may be besides a name
public record PathValidator(Target target, Content content, Location location, Notation notation) {

  /// The largest file that [#config] accepts, in bytes.
  public static final long LARGEST_CONFIG = 16 << 20;

  /// What a file has to be like.
  ///
  /// @param size how large it may be; said of regular files only
  /// @param extensions how its name may end
  public record Content(SizeRange size, Extensions extensions) {

    /// Anything.
    public static final Content ANY = new Content(SizeRange.ANY, Extensions.ANY);

    public Content {
      Objects.requireNonNull(size, "size");
      Objects.requireNonNull(extensions, "extensions");
    }
  }

  public PathValidator {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(notation, "notation");
  }

  /// A regular file that is there and can be read.
  public static PathValidator input() {
    return of(Target.Existence.REQUIRED, AccessMode.READ, Target.Overwriting.ALLOWED);
  }

  /// A file to be written: there is none yet, and it can be created. Where directories above it are
  /// missing, too, the nearest one that is there counts.
  public static PathValidator output() {
    return of(Target.Existence.OPTIONAL, AccessMode.WRITE, Target.Overwriting.REFUSED);
  }

  /// A regular file that is there, can be read and is not larger than [#LARGEST_CONFIG].
  public static PathValidator config() {
    return input().withMaxSize(LARGEST_CONFIG);
  }

  /// A regular file that is there, can be read, is not empty and has one of these extensions, if
  /// any are given.
  public static PathValidator source(String... extensions) {
    return input().withNotEmpty().withExtensions(extensions);
  }

  private static PathValidator of(
      Target.Existence existence, AccessMode access, Target.Overwriting overwriting) {
    var target = new Target(existence, Set.of(FileKind.REGULAR_FILE), Set.of(access), overwriting);
    return new PathValidator(target, Content.ANY, Location.ANYWHERE, Notation.NAMES_ONLY);
  }

  /// Whether it has to be there.
  public PathValidator withExistence(Target.Existence existence) {
    return with(new Target(existence, target.kinds(), target.access(), target.overwriting()));
  }

  /// What it may be.
  public PathValidator withKinds(FileKind first, FileKind... more) {
    return with(
        new Target(
            target.existence(), EnumSet.of(first, more), target.access(), target.overwriting()));
  }

  /// What this process must be allowed to do with it; nothing, if none are given.
  public PathValidator withAccess(AccessMode... access) {
    return with(
        new Target(target.existence(), target.kinds(), Set.of(access), target.overwriting()));
  }

  /// Whether an output may be there already.
  public PathValidator withOverwriting(Target.Overwriting overwriting) {
    return with(new Target(target.existence(), target.kinds(), target.access(), overwriting));
  }

  /// It has at least one byte.
  public PathValidator withNotEmpty() {
    return withMinSize(Math.max(1, content.size().least()));
  }

  /// The smallest size that is accepted, in bytes.
  public PathValidator withMinSize(long byteSize) {
    return with(new Content(new SizeRange(byteSize, content.size().most()), content.extensions()));
  }

  /// The largest size that is accepted, in bytes.
  public PathValidator withMaxSize(long byteSize) {
    return with(new Content(new SizeRange(content.size().least(), byteSize), content.extensions()));
  }

  /// How its name may end, in upper or lower case: `csv`, `tar.gz`. Any name, if none are given.
  public PathValidator withExtensions(String... extensions) {
    return withExtensions(
        new Extensions(List.of(extensions), Extensions.Letters.SAME_IN_BOTH_CASES));
  }

  /// The same, saying whether upper and lower case matter.
  public PathValidator withExtensions(Extensions extensions) {
    return with(new Content(content.size(), extensions));
  }

  /// All that has to be in it.
  public PathValidator withContent(Content content) {
    return with(content);
  }

  /// What to do about symbolic links on the way; they are followed by default.
  public PathValidator withSymlinks(SymlinkPolicy symlinks) {
    return with(new Location(symlinks, location.root(), location.sameness()));
  }

  /// A directory that the way to the file must not leave. A relative value still begins at the
  /// working directory.
  public PathValidator withRoot(Path root) {
    return with(new Location(location.symlinks(), Optional.of(root), location.sameness()));
  }

  /// It must not be the same file as another argument, under whatever name.
  public PathValidator withSameness(Location.Sameness sameness) {
    return with(new Location(location.symlinks(), location.root(), sameness));
  }

  /// What `-` means.
  public PathValidator withDash(Notation.Dash dash) {
    return with(new Notation(dash, notation.patterns()));
  }

  /// Whether patterns are expanded.
  public PathValidator withPatterns(Notation.Patterns patterns) {
    return with(new Notation(notation.dash(), patterns));
  }

  /// Checks values, which are taken for the arguments 1, 2, 3, ...
  public ValidationReport validate(String... values) {
    var arguments = new ArrayList<Argument>(values.length);
    for (int i = 0; i < values.length; i++) {
      arguments.add(Argument.at(i + 1, values[i]));
    }
    return validate(arguments);
  }

  /// Checks values. Never throws for what is wrong with them.
  public ValidationReport validate(List<Argument> arguments) {
    var run = ValidationRun.start();
    arguments.forEach(argument -> run.add(argument, this));
    return run.report();
  }

  /// Opens a file for reading and checks what was opened: kind, size and place are those of the
  /// descriptor, and so is what this process may do with it. Nothing can come between. A FIFO or a
  /// device is refused without waiting for it.
  ///
  /// @return the file, open; close it, or hand it to `AsyncFiles.open`
  /// @throws ValidationFailed if it breaks a rule, with all that it breaks
  /// @throws io.filewright.error.Unsupported if no engine here can keep to a root, or refuse links,
  ///   without a gap between the check and the open
  /// @throws FileException if it passed and could not be opened
  public CheckedFile validateAndOpen(String value) throws FileException {
    return validateAndOpen(Argument.at(1, value));
  }

  /// The same for a value from anywhere on the command line.
  public CheckedFile validateAndOpen(Argument argument) throws FileException {
    return new Opening(this, OpeningEngine.get()).open(argument);
  }

  /// Begins new content for an output. Directories above it that are missing are created, and go
  /// again unless it is committed.
  ///
  /// @throws ValidationFailed if it breaks a rule, with all that it breaks
  /// @throws io.filewright.error.Unsupported if links or a root restrict where it may lie, and no
  ///   engine here can hold a directory open: that takes the native one
  /// @throws FileException if it passed and could not be begun
  @MustBeClosed
  public CheckedOutput validateAndCreate(String value) throws FileException {
    return validateAndCreate(Argument.at(1, value));
  }

  /// The same for a value from anywhere on the command line.
  @MustBeClosed
  public CheckedOutput validateAndCreate(Argument argument) throws FileException {
    return CheckedOutput.open(this, argument);
  }

  /// Whether what it accepts is to be written, and may be new.
  boolean isOutput() {
    return target.existence() == Target.Existence.OPTIONAL
        && target.access().contains(AccessMode.WRITE);
  }

  private PathValidator with(Target changed) {
    return new PathValidator(changed, content, location, notation);
  }

  private PathValidator with(Content changed) {
    return new PathValidator(target, changed, location, notation);
  }

  private PathValidator with(Location changed) {
    return new PathValidator(target, content, changed, notation);
  }

  private PathValidator with(Notation changed) {
    return new PathValidator(target, content, location, changed);
  }
}
