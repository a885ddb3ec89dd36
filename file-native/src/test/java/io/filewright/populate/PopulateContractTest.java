package io.filewright.populate;

import io.filewright.internal.load.PopulateProvider;
import io.filewright.spi.EngineProvider;
import io.filewright.testkit.EngineContract;
import io.filewright.testkit.EngineTrait;
import java.util.EnumSet;
import java.util.Set;

/// The populate engine can do all of it.
class PopulateContractTest extends EngineContract {

  @Override
  protected EngineProvider provider() {
    return new PopulateProvider();
  }

  @Override
  protected Set<EngineTrait> traits() {
    return EnumSet.allOf(EngineTrait.class);
  }
}
