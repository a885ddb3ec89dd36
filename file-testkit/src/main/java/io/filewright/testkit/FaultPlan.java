package io.filewright.testkit;

import io.filewright.error.FileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// Which calls fail or stand still, and how many there were.
final class FaultPlan {

  private final Map<SpiCall, AtomicLong> counts = new EnumMap<>(SpiCall.class);
  private final AtomicLong failable = new AtomicLong();
  private final Map<SpiCall, Gate> gates = new ConcurrentHashMap<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private volatile boolean hidesResidency;

  /// @param call the operation; empty for any that may fail
  /// @param first the number of the first call that fails, counted from 1
  /// @param last the number of the last one
  record Rule(Optional<SpiCall> call, long first, long last, Fault fault) {

    boolean matches(SpiCall made, long number, long anyNumber) {
      long n = call.isPresent() ? number : anyNumber;
      boolean concerned = call.map(made::equals).orElse(made.declaresFailure());
      return concerned && n >= first && n <= last;
    }
  }

  FaultPlan() {
    for (SpiCall call : SpiCall.values()) {
      counts.put(call, new AtomicLong());
    }
  }

  void add(Rule rule) {
    rules.add(rule);
  }

  void clear() {
    rules.clear();
    gates.values().forEach(Gate::release);
    gates.clear();
  }

  Gate gate(SpiCall call) {
    return gates.computeIfAbsent(call, _ -> new Gate());
  }

  Optional<Gate> gateAt(SpiCall call) {
    return Optional.ofNullable(gates.get(call));
  }

  long count(SpiCall call) {
    return counter(call).get();
  }

  void hideResidency() {
    hidesResidency = true;
  }

  boolean hidesResidency() {
    return hidesResidency;
  }

  long failableCount() {
    return failable.get();
  }

  /// Counts a call.
  ///
  /// @return its failure, if it is to fail
  Optional<Throwable> next(SpiCall call, Path path) {
    long number = counter(call).incrementAndGet();
    long any = call.declaresFailure() ? failable.incrementAndGet() : 0;
    return rules.stream()
        .filter(rule -> rule.matches(call, number, any))
        .findFirst()
        .map(rule -> rule.fault().failure(path));
  }

  /// Counts a call, lets it stand still, and fails it.
  void before(SpiCall call, Path path) throws FileException {
    gateAt(call).ifPresent(Gate::pass);
    fail(next(call, path));
  }

  static void fail(Optional<Throwable> failure) throws FileException {
    if (failure.isPresent()) {
      throwUnchecked(failure.get());
      throw (FileException) failure.get();
    }
  }

  static void throwUnchecked(Throwable failure) {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case FileException _ -> {}
      default -> throw new IllegalArgumentException("not a failure of an engine", failure);
    }
  }

  private AtomicLong counter(SpiCall call) {
    return counts.getOrDefault(call, failable);
  }
}
