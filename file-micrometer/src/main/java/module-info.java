/// The figures of a runtime as Micrometer's meters. See
/// [io.filewright.micrometer.FileRuntimeMetrics].
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer's is such
module io.filewright.micrometer {
  requires transitive io.filewright;
  requires transitive micrometer.core;
  requires static transitive org.jspecify;

  exports io.filewright.micrometer;
}
