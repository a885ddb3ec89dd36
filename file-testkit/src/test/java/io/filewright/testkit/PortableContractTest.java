package io.filewright.testkit;

import io.filewright.internal.portable.PortableProvider;
import io.filewright.spi.EngineProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.Set;

/// The portable engine is what every engine must be. It has link policies where the JDK can hold
/// directories.
class PortableContractTest extends EngineContract {

  @Override
  protected EngineProvider provider() {
    return new PortableProvider();
  }

  @Override
  protected Set<EngineTrait> traits() {
    try (var here = Files.newDirectoryStream(Path.of("."))) {
      return here instanceof SecureDirectoryStream ? Set.of(EngineTrait.LINK_POLICIES) : Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
