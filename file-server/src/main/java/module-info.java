/// Files over HTTP. See [io.filewright.server].
module io.filewright.server {
  requires transitive io.filewright;
  requires transitive io.filewright.netty;
  requires io.filewright.stream;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires java.management;
  requires jdk.management;
  requires static transitive org.jspecify;

  exports io.filewright.server;
}
