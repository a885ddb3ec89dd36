/// Files as Reactor publishers. See [io.filewright.reactor.ReactiveFiles].
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Reactor's are such
module io.filewright.reactor {
  requires transitive io.filewright;
  requires transitive io.filewright.stream;
  requires transitive org.reactivestreams;
  requires transitive reactor.core;
  requires static transitive org.jspecify;

  exports io.filewright.reactor;
}
