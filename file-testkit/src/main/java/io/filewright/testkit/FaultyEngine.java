package io.filewright.testkit;

import io.filewright.error.FileException;
import io.filewright.spi.Allocation;
import io.filewright.spi.Engine;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedDirectory;
import io.filewright.spi.OpenedFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// An engine that does what another one does, but fails or blocks the calls that a test names, and
/// counts them all.
///
/// ```java
/// var faulty = FaultyEngine.over(StrictEngine.create().withFile(path, bytes));
/// faulty.failOnce(SpiCall.READ, 2, Fault.DEVICE);
/// ```
public final class FaultyEngine implements Engine {

  private final Engine engine;
  private final FaultPlan plan = new FaultPlan();
  private volatile boolean atOnce;

  private FaultyEngine(Engine engine) {
    this.engine = engine;
  }

  /// A wrapper round an engine, which is closed with it.
  public static FaultyEngine over(Engine engine) {
    return new FaultyEngine(engine);
  }

  /// Fails the n-th call of an operation from the engine's creation on, counted from 1, and no
  /// other.
  public void failOnce(SpiCall call, long nth, Fault fault) {
    plan.add(new FaultPlan.Rule(Optional.of(call), nth, nth, fault));
  }

  /// Fails the n-th call of an operation and all later ones.
  public void failFrom(SpiCall call, long nth, Fault fault) {
    plan.add(new FaultPlan.Rule(Optional.of(call), nth, Long.MAX_VALUE, fault));
  }

  /// Fails the n-th call of all those that may fail.
  public void failAnyOnce(long nth, Fault fault) {
    plan.add(new FaultPlan.Rule(Optional.empty(), nth, nth, fault));
  }

  /// Fails the n-th call of all those that may fail, and all later ones.
  public void failAnyFrom(long nth, Fault fault) {
    plan.add(new FaultPlan.Rule(Optional.empty(), nth, Long.MAX_VALUE, fault));
  }

  /// Makes the next calls of an operation stand still until the gate is released.
  public Gate block(SpiCall call) {
    return plan.gate(call);
  }

  /// Makes `open` return stages that are complete already, as those of a quick disk are now and
  /// then.
  public void openAtOnce() {
    atOnce = true;
  }

  /// Has mappings say that [residency is not known][io.filewright.spi.Residency#isKnown], as of
  /// somebody else's file.
  public void hideResidency() {
    plan.hideResidency();
  }

  /// How many calls of an operation there were.
  public long count(SpiCall call) {
    return plan.count(call);
  }

  /// How many calls there were of all that may fail.
  public long countFailable() {
    return plan.failableCount();
  }

  /// Ends all faults and releases all gates; the counts go on.
  public void heal() {
    plan.clear();
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public int pageSize() {
    return engine.pageSize();
  }

  @Override
  public int maxRegions() {
    return engine.maxRegions();
  }

  @Override
  public CompletionStage<OpenedFile> open(OpenRequest request, BooleanSupplier wanted) {
    var failure = plan.next(SpiCall.OPEN, request.path());
    if (failure.isPresent()) {
      FaultPlan.throwUnchecked(failure.get());
      return CompletableFuture.failedStage(failure.get());
    }
    BooleanSupplier late =
        () -> {
          plan.gateAt(SpiCall.OPEN).ifPresent(Gate::pass);
          return wanted.getAsBoolean();
        };
    var opened = engine.open(request, late).thenApply(file -> new FaultyFile(file, plan));
    if (atOnce) {
      var _ = opened.toCompletableFuture().handle((_, _) -> true).join();
    }
    return opened.thenApply(file -> file);
  }

  @Override
  public OpenedFile openNow(OpenRequest request) throws FileException {
    plan.before(SpiCall.OPEN_NOW, request.path());
    return new FaultyFile(engine.openNow(request), plan);
  }

  @Override
  public OpenedDirectory openDirectory(OpenRequest request) throws FileException {
    return engine.openDirectory(request);
  }

  @Override
  public Allocation allocate(long byteSize) {
    plan.next(SpiCall.ALLOCATE, Path.of("")).ifPresent(FaultPlan::throwUnchecked);
    return engine.allocate(byteSize);
  }

  @Override
  public Executor blocking() {
    Executor executor = engine.blocking();
    return task -> {
      plan.next(SpiCall.BLOCKING, Path.of("")).ifPresent(FaultPlan::throwUnchecked);
      executor.execute(task);
    };
  }

  @Override
  public void close() {
    engine.close();
  }
}
