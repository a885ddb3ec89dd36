package io.filewright.ring;

import io.filewright.internal.ring.EpollProvider;
import io.filewright.spi.EngineProvider;
import io.filewright.testkit.EngineContract;
import io.filewright.testkit.EngineTrait;
import java.util.EnumSet;
import java.util.Set;

/// The epoll engine can do all of it.
class EpollContractTest extends EngineContract {

  @Override
  protected EngineProvider provider() {
    return new EpollProvider();
  }

  @Override
  protected Set<EngineTrait> traits() {
    return EnumSet.allOf(EngineTrait.class);
  }
}
