import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;

/// Puts a `module-info.class` into a jar that was built without it, by the jar tool of this JDK.
///
/// A jar which has it stays as it is: with a new timestamp it would count as changed, and every
/// module which depends on it would be compiled again.
///
/// Arguments: the jar, the folder of its classes, the timestamp of the new entry. Run by the root
/// `pom.xml`.
public final class Descriptor {

  private static final String NAME = "module-info.class";

  private Descriptor() {}

  /// Exits with what the jar tool returns.
  static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    Path classes = Path.of(arguments[1]);
    if (isIn(jar, classes.resolve(NAME))) {
      return;
    }
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    System.exit(
        tool.run(
            System.out,
            System.err,
            "--update",
            "--file=" + jar,
            "--date=" + arguments[2],
            "-C",
            classes.toString(),
            NAME));
  }

  /// Whether the jar has the descriptor, and not an older one.
  private static boolean isIn(Path jar, Path descriptor) throws IOException {
    try (var entries = new JarFile(jar.toFile())) {
      return entries.getEntry(NAME) != null
          && Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(descriptor)) >= 0;
    }
  }
}
