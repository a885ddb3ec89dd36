package io.filewright.bench;

import io.filewright.FileRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the figures were measured on.
final class Machine {

  private Machine() {}

  static Map<String, Object> describe(Path folder, Optional<String> engine) throws IOException {
    var map = new LinkedHashMap<String, Object>();
    map.put("processor", line(Path.of("/proc/cpuinfo"), "model name"));
    map.put("cores", Runtime.getRuntime().availableProcessors());
    map.put("memory", line(Path.of("/proc/meminfo"), "MemTotal"));
    map.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    map.put("java", System.getProperty("java.vm.vendor") + " " + Runtime.version());
    map.put("engine", engine.orElseGet(() -> FileRuntime.shared().engineName()));
    map.put("folder", folder + " on " + Files.getFileStore(folder).type());
    return map;
  }

  private static String line(Path file, String key) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException _) {
      return "unknown";
    }
  }
}
