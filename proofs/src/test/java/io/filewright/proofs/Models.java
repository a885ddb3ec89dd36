package io.filewright.proofs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The models of `spec`.
final class Models {

  private Models() {}

  /// @param name such as `handle.als`
  static String text(String name) {
    try (var in = Models.class.getResourceAsStream("/io/filewright/spec/models/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no model " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
