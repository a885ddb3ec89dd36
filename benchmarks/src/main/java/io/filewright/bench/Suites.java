package io.filewright.bench;

import io.filewright.bench.engines.EnginesSuite;
import io.filewright.bench.leak.LeakSuite;
import io.filewright.bench.open.OpenSuite;
import io.filewright.bench.reactor.ReactorSuite;
import io.filewright.bench.scan.ScanSuite;
import io.filewright.bench.serve.ServeColdSuite;
import io.filewright.bench.serve.ServeSuite;
import io.filewright.bench.stall.StallSuite;
import io.filewright.bench.stream.StreamSuite;
import io.filewright.bench.validate.ValidateSuite;
import io.filewright.bench.write.WriteSuite;
import java.util.List;
import java.util.Optional;

/// All suites. A new one is listed here.
final class Suites {

  static final List<Suite> ALL =
      List.of(
          new OpenSuite(),
          new ScanSuite(),
          new StallSuite(),
          new EnginesSuite(),
          new LeakSuite(),
          new WriteSuite(),
          new StreamSuite(),
          new ReactorSuite(),
          new ValidateSuite(),
          new ServeSuite(),
          new ServeColdSuite());

  private Suites() {}

  static Optional<Suite> find(String name) {
    return ALL.stream().filter(suite -> suite.name().equals(name)).findFirst();
  }
}
