package io.filewright.ring;

import io.filewright.internal.ring.UringProvider;
import io.filewright.spi.EngineProvider;
import io.filewright.testkit.EngineContract;
import io.filewright.testkit.EngineTrait;
import java.util.EnumSet;
import java.util.Set;

/// The io_uring engine can do all of it.
class UringContractTest extends EngineContract {

  @Override
  protected EngineProvider provider() {
    return new UringProvider();
  }

  @Override
  protected Set<EngineTrait> traits() {
    return EnumSet.allOf(EngineTrait.class);
  }
}
