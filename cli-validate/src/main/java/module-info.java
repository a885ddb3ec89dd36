/// Paths that are checked once and stay checked, synchronously. See [io.filewright.cli].
@SuppressWarnings("module") // the engines' modules are not known when this one is compiled
module io.filewright.cli {
  requires transitive io.filewright;
  requires static transitive com.google.errorprone.annotations;
  requires static transitive org.jspecify;

  exports io.filewright.cli;

  uses io.filewright.spi.EngineProvider;
}
