package io.filewright.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the prose says about the suites.
class SuitesTest {

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "../docs/performance.md"})
  void theTableNamesThemAll(Path page) throws Exception {
    List<String> lines = Files.readAllLines(page);
    List<String> fromTable =
        lines.stream().dropWhile(line -> !line.startsWith("| suite |")).skip(2).toList();
    Set<String> named =
        fromTable.stream()
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.split("`", -1)[1])
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> existing =
        Suites.ALL.stream().map(Suite::name).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(existing, named);
  }
}
