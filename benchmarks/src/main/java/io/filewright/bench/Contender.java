package io.filewright.bench;

import java.io.IOException;

/// One way of doing the work of a comparison. It lives in a process of its own, in which [Child]
/// calls it from one thread; it has a constructor without parameters.
public interface Contender extends AutoCloseable {

  /// Makes ready whatever is not to be measured.
  ///
  /// @throws MissingException if it cannot take part here
  void prepare(Arguments arguments) throws Exception;

  /// One round: measures itself, so that what does not belong to the work stays out.
  Outcome run() throws Exception;

  /// After each round, unmeasured: lets go of whatever the round left behind, such as mappings that
  /// wait for the garbage collector and would keep the file in the page cache.
  default void settle() throws Exception {}

  @Override
  default void close() throws IOException {}
}
