/// Asynchronous, memory-mapped file I/O. See [io.filewright.AsyncFiles].
@SuppressWarnings("module") // the engines' modules are not known when this one is compiled
module io.filewright {
  requires transitive jdk.jfr;
  requires static transitive com.google.errorprone.annotations;
  requires static transitive org.jspecify;

  exports io.filewright;
  exports io.filewright.error;
  exports io.filewright.event;
  exports io.filewright.memory;
  exports io.filewright.scan;
  exports io.filewright.spi;
  exports io.filewright.internal.region to
      io.filewright.stream;
  exports io.filewright.internal.threads to
      io.filewright.nativeengine;

  uses io.filewright.spi.EngineProvider;

  // For modules that find engines by themselves; this one has it anyway.
  provides io.filewright.spi.EngineProvider with
      io.filewright.internal.portable.PortableProvider;
}
