package io.filewright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.spi.FileLocking;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.SymlinkPolicy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
          "locking", options -> options.withFileLock(FileLocking.SHARED),
          "maxSize", options -> options.withMaxSize(77));

  enum Component {
    RANGE("range"),
    ADVICE("advice"),
    PREFAULT("prefault"),
    GUARD("guard"),
    SYMLINKS("symlinks"),
    BENEATH("beneath"),
    RESIDENCE("residence"),
    LOCKING("locking"),
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
    Map<String, Object> values = values(changed);
    values(start)
        .forEach(
            (name, value) -> {
              if (!value.equals(values.get(name))) {
                differences.add(name);
              }
            });
    assertThat(differences).isEqualTo(before.contains(last) ? List.of() : List.of(last.label));
    assertThat(changed.withMode(OpenMode.READ_ONLY)).isEqualTo(changed);
  }

  @Test
  void everyComponentButThoseOfTheModeHasAWither() throws Exception {
    assertThat(values(OpenOptions.readOnly()).keySet())
        .filteredOn(name -> !List.of("mode", "intent", "fileSize").contains(name))
        .containsExactlyInAnyOrderElementsOf(WITHERS.keySet());
  }

  @Test
  void eachModeOpensTheFileForWhatItDoes() {
    assertThat(OpenOptions.readOnly().lookup().intent()).isEqualTo(OpenIntent.READ);
    assertThat(OpenOptions.copyOnWrite().lookup().intent()).isEqualTo(OpenIntent.READ);
    assertThat(OpenOptions.readWrite().lookup().intent()).isEqualTo(OpenIntent.UPDATE);
    assertThat(OpenOptions.create(5).lookup())
        .isEqualTo(OpenOptions.Lookup.of(OpenIntent.CREATE, 5));
    assertThat(OpenOptions.createNew(5).lookup())
        .isEqualTo(OpenOptions.Lookup.of(OpenIntent.CREATE_NEW, 5));
  }

  @Test
  void anotherModeKeepsWhatItCan() {
    var writing = OpenOptions.create(5).withFileLock(FileLocking.EXCLUSIVE).withMaxSize(7);
    assertThat(writing.withMode(OpenMode.COPY_ON_WRITE))
        .isEqualTo(OpenOptions.copyOnWrite().withFileLock(FileLocking.SHARED).withMaxSize(7));
    assertThat(OpenOptions.readOnly().withMaxSize(7).withMode(OpenMode.READ_WRITE))
        .isEqualTo(OpenOptions.readWrite().withMaxSize(7));
  }

  @Test
  void refusesWhatCannotBe() {
    var options = OpenOptions.readOnly();
    assertThatThrownBy(() -> options.withRange(5, 4)).hasMessage("not a range: [5, 4)");
    assertThatThrownBy(() -> options.withRange(-1, 4)).hasMessage("not a range: [-1, 4)");
    assertThatThrownBy(() -> options.withMaxSize(-1)).hasMessage("maxSize: -1");
    assertThatThrownBy(() -> options.withTimeout(Duration.ZERO)).hasMessage("timeout: PT0S");
    assertThatThrownBy(() -> options.withFileLock(FileLocking.EXCLUSIVE))
        .hasMessage(
            "Only a file that is opened for writing can be made longer or locked exclusively.");
    assertThatThrownBy(() -> OpenOptions.create(-1)).hasMessage("fileSize: -1");
    assertThatThrownBy(() -> OpenOptions.readWrite().withGuard(Guard.SNAPSHOT))
        .hasMessage("SNAPSHOT is for reading: what is written to the file must reach it");
  }

  /// The components of the options and of the records in it, by name.
  private static Map<String, Object> values(Record record) throws Exception {
    var values = new LinkedHashMap<String, Object>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = component.getAccessor().invoke(record);
      if (value instanceof Record nested && !(value instanceof ByteRange)) {
        values.putAll(values(nested));
      } else {
        values.put(component.getName(), value);
      }
    }
    return values;
  }
}
