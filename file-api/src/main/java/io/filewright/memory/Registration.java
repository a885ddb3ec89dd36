package io.filewright.memory;

/// Something that goes on until it is closed. Closing is idempotent and safe from any thread.
@FunctionalInterface
public interface Registration extends AutoCloseable {

  @Override
  void close();
}
