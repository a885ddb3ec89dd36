package io.filewright.testkit;

import io.filewright.internal.portable.PortableProvider;
import io.filewright.spi.EngineProvider;
import java.util.Set;

/// The portable engine has no traits: it is what every engine must be.
class PortableContractTest extends EngineContract {

  @Override
  protected EngineProvider provider() {
    return new PortableProvider();
  }

  @Override
  protected Set<EngineTrait> traits() {
    return Set.of();
  }
}
