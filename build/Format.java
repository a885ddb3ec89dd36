import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/// Checks or applies google-java-format over every Java file below a folder, in one JVM.
///
/// Arguments: `check` or `apply`, then the folder. Run by the root `pom.xml`.
public final class Format {
  private Format() {}

  /// What became of one file.
  private record Outcome(Path file, boolean changed, List<String> problems) {}

  /// Exits with 1 when a file cannot be parsed, or when a checked file is not formatted.
  static void main(String[] arguments) throws IOException {
    boolean apply =
        switch (arguments[0]) {
          case "apply" -> true;
          case "check" -> false;
          default -> throw new IllegalArgumentException("want check or apply: " + arguments[0]);
        };
    Path root = Path.of(arguments[1]);
    List<Outcome> outcomes =
        javaFilesBelow(root).parallelStream().map(file -> format(file, apply)).toList();

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

  private static Outcome format(Path file, boolean apply) {
    try {
      String before = Files.readString(file);
      String after = new Formatter().formatSourceAndFixImports(before);
      boolean changed = !after.equals(before);
      if (changed && apply) {
        Files.writeString(file, after);
      }
      return new Outcome(file, changed, List.of());
    } catch (FormatterException e) {
      return new Outcome(
          file, false, e.diagnostics().stream().map(problem -> file + ":" + problem).toList());
    } catch (IOException e) {
      return new Outcome(file, false, List.of(file + ": " + e));
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
