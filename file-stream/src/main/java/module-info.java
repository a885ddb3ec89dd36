/// Files of any size in bounded memory. See [io.filewright.stream].
module io.filewright.stream {
  requires com.github.benmanes.caffeine;
  requires transitive io.filewright;
  requires static transitive org.jspecify;

  exports io.filewright.stream;
}
