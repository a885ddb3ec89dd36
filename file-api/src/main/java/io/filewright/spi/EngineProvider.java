package io.filewright.spi;

/// Creates one kind of engine. Registered for `ServiceLoader`, so it has a public constructor
/// without parameters, and that constructor does no work.
public interface EngineProvider {

  /// The engine's name, as users write it: lower case, unique, such as `populate`.
  String name();

  /// Among the engines that can run, the one with the highest preference is chosen for AUTO.
  int preference();

  /// Finds out whether the engine can run here. Never throws; cheap enough for every start.
  Availability probe();

  /// Creates an engine of its own threads and resources.
  ///
  /// @throws IllegalStateException if [#probe] says that it cannot run
  Engine create(EngineSettings settings);
}
