import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Checks or applies google-java-format over every Java file below a folder, in one JVM.
///
/// What a check has found to be formatted it notes down, by the digest of its text, and the next
/// one does not format the same text again.
///
/// Arguments: `check` or `apply`, the folder, the jar of the formatter, the file for the notes;
/// notes of another formatter, or of this class as it was, count for nothing. Run by the root
/// `pom.xml`.
public final class Format {
  private Format() {}

  /// What became of one file.
  ///
  /// @param digest of its text as it was
  private record Outcome(Path file, String digest, boolean changed, List<String> problems) {
    boolean isFormatted() {
      return !changed && problems.isEmpty();
    }
  }

  /// Exits with 1 when a file cannot be parsed, or when a checked file is not formatted.
  static void main(String[] arguments) throws IOException {
    boolean apply =
        switch (arguments[0]) {
          case "apply" -> true;
          case "check" -> false;
          default -> throw new IllegalArgumentException("want check or apply: " + arguments[0]);
        };
    Path root = Path.of(arguments[1]);
    String formatter =
        digest(Files.readAllBytes(Path.of(arguments[2])))
            + digest(Files.readAllBytes(root.resolve("build", "Format.java")))
            + Runtime.version();
    Path notes = Path.of(arguments[3]);
    Set<String> known = known(notes, formatter);
    List<Outcome> outcomes =
        javaFilesBelow(root).parallelStream().map(file -> format(file, apply, known)).toList();
    note(notes, formatter, outcomes);

    List<String> problems = outcomes.stream().flatMap(o -> o.problems().stream()).toList();
    problems.forEach(System.err::println);
    List<Path> unformatted =
        apply ? List.of() : outcomes.stream().filter(Outcome::changed).map(Outcome::file).toList();
    unformatted.forEach(file -> System.err.println("Not formatted: " + root.relativize(file)));
    if (!unformatted.isEmpty()) {
      System.err.println("Run ./mvnw -q -N -Pformat to format them.");
    }
    if (!problems.isEmpty() || !unformatted.isEmpty()) {
      System.exit(1);
    }
  }

  private static Outcome format(Path file, boolean apply, Set<String> known) {
    String digest = "";
    try {
      String before = Files.readString(file);
      digest = digest(before.getBytes(StandardCharsets.UTF_8));
      if (known.contains(digest)) {
        return new Outcome(file, digest, false, List.of());
      }
      String after = new Formatter().formatSourceAndFixImports(before);
      boolean changed = !after.equals(before);
      if (changed && apply) {
        Files.writeString(file, after);
      }
      return new Outcome(file, digest, changed, List.of());
    } catch (FormatterException e) {
      return new Outcome(
          file,
          digest,
          false,
          e.diagnostics().stream().map(problem -> file + ":" + problem).toList());
    } catch (IOException e) {
      return new Outcome(file, digest, false, List.of(file + ": " + e));
    }
  }

  /// The digests of texts which this formatter would not change.
  private static Set<String> known(Path notes, String formatter) throws IOException {
    if (!Files.exists(notes)) {
      return Set.of();
    }
    List<String> lines = Files.readAllLines(notes);
    return !lines.isEmpty() && lines.getFirst().equals(formatter)
        ? new HashSet<>(lines.subList(1, lines.size()))
        : Set.of();
  }

  private static void note(Path notes, String formatter, List<Outcome> outcomes)
      throws IOException {
    var lines = new ArrayList<String>();
    lines.add(formatter);
    outcomes.stream().filter(Outcome::isFormatted).map(Outcome::digest).forEach(lines::add);
    Files.write(notes, lines);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /// Build output (`target`) and hidden folders are not sources.
  private static List<Path> javaFilesBelow(Path root) throws IOException {
    var files = new TreeSet<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = Objects.requireNonNullElse(folder.getFileName(), folder).toString();
            boolean ours = folder.equals(root) || (!name.equals("target") && !name.startsWith("."));
            return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return new ArrayList<>(files);
  }
}
