package io.filewright.testkit;

import io.filewright.spi.EngineProvider;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/// The suite that every engine has to pass: the specification, and the case tables which belong to
/// it, run against the engine itself and against a runtime on it. After each test nothing may be
/// open, mapped, allocated or charged.
///
/// ```java
/// class MyEngineContractTest extends EngineContract {
///   @Override
///   protected EngineProvider provider() {
///     return new MyProvider();
///   }
///
///   @Override
///   protected Set<EngineTrait> traits() {
///     return Set.of(EngineTrait.HINTS);
///   }
/// }
/// ```
///
/// The provider must also be registered for `ServiceLoader`: the suite finds the engine by its
/// name. What the machine cannot do (permissions as root, FIFOs on Windows) is reported as skipped.
public abstract class EngineContract {

  /// The engine under test.
  protected abstract EngineProvider provider();

  /// What it can do beyond what every engine must.
  protected abstract Set<EngineTrait> traits();

  /// What the engine owes the API.
  @Nested
  class Provides extends SpiContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// What becomes of an open.
  @Nested
  class Opening extends OpeningContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// Which way to a file may be taken.
  @Nested
  class Links extends LinkContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// The handle.
  @Nested
  class Handles extends HandleContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// Several handles.
  @Nested
  class Groups extends GroupContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// The guarded ways to the bytes.
  @Nested
  class Regions extends RegionContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// Text and lines.
  @Nested
  class Text extends TextContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// Raw memory.
  @Nested
  class RawMemory extends RawAccessContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// Close, slices, leaks.
  @Nested
  class Lifetimes extends LifetimeContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// What is in memory.
  @Nested
  class Residency extends ResidencyContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// Files that others change.
  @Nested
  class ChangingFiles extends ChangingFileContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// Bounds and ends.
  @Nested
  class Limits extends LimitsContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// Defects of the past.
  @Nested
  class History extends HistoryContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// Locks on files.
  @Nested
  class Locking extends LockingContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// Files that are made for a region, and regions that change their file's size.
  @Nested
  class Sizing extends SizingContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// Regions that are written to their file.
  @Nested
  class Writing extends WritingContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }

  /// Regions that are written and keep it to themselves.
  @Nested
  class CopyOnWrite extends CopyOnWriteContract {
    @Override
    EngineProvider provider() {
      return EngineContract.this.provider();
    }

    @Override
    Set<EngineTrait> traits() {
      return EngineContract.this.traits();
    }
  }
}
