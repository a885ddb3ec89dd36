/// Files on Netty's channels. See [io.filewright.netty].
module io.filewright.netty {
  requires transitive io.filewright;
  requires transitive io.netty.buffer;
  requires transitive io.netty.common;
  requires transitive io.netty.handler;
  requires transitive io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.classes.io_uring;
  requires static transitive org.jspecify;

  exports io.filewright.netty;
}
