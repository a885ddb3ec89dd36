package io.filewright.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void readsBackWhatItWrites() {
    var map = new LinkedHashMap<String, Object>();
    map.put("text", "quote \" backslash \\ line \n bell \u0007 é");
    map.put("long", Long.MIN_VALUE);
    map.put("double", 0.125);
    map.put("list", List.of(1L, "two", Map.of(), List.of()));
    map.put("truth", true);

    assertEquals(map, Json.readObject(Json.write(map)));
  }

  @Test
  void writesNoNumberThatIsNone() {
    assertEquals("{\"ratio\":null}", Json.write(Map.of("ratio", Double.NaN)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":}", "{\"a\":1} rest", "{\"a\":1e}", "{\"a", "[1]"})
  void refusesWhatIsNoObject(String text) {
    assertThrows(IllegalArgumentException.class, () -> Json.readObject(text));
  }

  @Test
  void carriesAnOutcomeFromTheChildToTheParent() {
    var outcome =
        new Outcome(5, 2, 1L << 40, Optional.of("ffff"), Map.of("p99 us", 1.5, "max us", 7.0));

    assertEquals(outcome, Outcome.fromJson(Json.readObject(outcome.toJson())));
  }
}
