package io.filewright.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void takesAllOptions() {
    Settings settings =
        Settings.parse(
            List.of(
                "--quick",
                "--rounds",
                "3",
                "--size",
                "4K,1MiB,2g,17",
                "--json",
                "r.json",
                "--dir",
                "/d",
                "--cores",
                "1",
                "--engine",
                "portable",
                "--only",
                "load.*cold"));

    assertTrue(settings.quick());
    assertEquals(Optional.of(3), settings.rounds());
    assertEquals(List.of(4096L, 1L << 20, 2L << 30, 17L), settings.sizes());
    assertEquals(Optional.of(Path.of("r.json")), settings.json());
    assertEquals(Path.of("/d"), settings.folder());
    assertEquals("1", settings.cores());
    assertEquals(Optional.of("portable"), settings.engine());
    assertTrue(settings.only().matcher("load 1 GiB cold").find());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--fast",
        "--rounds",
        "--rounds 0",
        "--rounds x",
        "--only [",
        "--size 1Q",
        "--size"
      })
  void refusesWhatItDoesNotKnow(String words) {
    String option = words.split(" ", -1)[0];
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> Settings.parse(List.of(words.split(" ", -1))));
    assertTrue(
        refusal.getMessage().contains(option) || refusal.getMessage().contains("size"),
        refusal::getMessage);
  }
}
