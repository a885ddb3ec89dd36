package io.filewright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.spi.SymlinkPolicy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Each wither changes its component and nothing else, whatever was changed before.
class OpenOptionsPropertiesTest {

  private static final Map<String, UnaryOperator<OpenOptions<MmapRegion>>> WITHERS =
      Map.of(
          "range", options -> options.withRange(3, 9),
          "advice", options -> options.withAdvice(MmapAdvice.RANDOM),
          "prefault", options -> options.withPrefault(Prefault.HEAD),
          "guard", options -> options.withGuard(Guard.NONE),
          "symlinks", options -> options.withSymlinks(SymlinkPolicy.REFUSE_ANY),
          "beneath", options -> options.beneath(Path.of("root")),
          "residence", OpenOptions::withLockInMemory,
          "timeout", options -> options.withTimeout(Duration.ofSeconds(7)),
          "maxSize", options -> options.withMaxSize(77));

  enum Component {
    RANGE("range"),
    ADVICE("advice"),
    PREFAULT("prefault"),
    GUARD("guard"),
    SYMLINKS("symlinks"),
    BENEATH("beneath"),
    RESIDENCE("residence"),
    TIMEOUT("timeout"),
    MAX_SIZE("maxSize");

    private final String label;

    Component(String label) {
      this.label = label;
    }
  }

  @Property
  void eachWitherChangesItsComponentOnly(
      @ForAll @Size(max = 6) List<Component> before, @ForAll Component last) throws Exception {
    OpenOptions<MmapRegion> start = OpenOptions.readOnly();
    for (Component component : before) {
      start = WITHERS.get(component.label).apply(start);
    }
    OpenOptions<MmapRegion> changed = WITHERS.get(last.label).apply(start);
    var differences = new ArrayList<String>();
    for (RecordComponent component : OpenOptions.class.getRecordComponents()) {
      if (!component.getAccessor().invoke(start).equals(component.getAccessor().invoke(changed))) {
        differences.add(component.getName());
      }
    }
    assertThat(differences).isEqualTo(before.contains(last) ? List.of() : List.of(last.label));
    assertThat(changed.withMode(OpenMode.READ_ONLY)).isEqualTo(changed);
  }

  @Test
  void everyComponentButTheModeHasAWither() {
    assertThat(OpenOptions.class.getRecordComponents())
        .extracting(RecordComponent::getName)
        .filteredOn(name -> !name.equals("mode"))
        .containsExactlyInAnyOrderElementsOf(WITHERS.keySet());
  }

  @Test
  void refusesWhatCannotBe() {
    var options = OpenOptions.readOnly();
    assertThatThrownBy(() -> options.withRange(5, 4)).hasMessage("not a range: [5, 4)");
    assertThatThrownBy(() -> options.withRange(-1, 4)).hasMessage("not a range: [-1, 4)");
    assertThatThrownBy(() -> options.withMaxSize(-1)).hasMessage("maxSize: -1");
    assertThatThrownBy(() -> options.withTimeout(Duration.ZERO)).hasMessage("timeout: PT0S");
  }
}
