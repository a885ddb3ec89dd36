package io.filewright.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A socket of the JDK's, connected to a channel of a transport over loopback.
final class Pairs implements AutoCloseable {

  private final EventLoopGroup group;
  private final Channel listening;
  private final CompletableFuture<ChannelHandlerContext> accepted = new CompletableFuture<>();
  final Socket socket;

  private Pairs(Transport transport, ChannelHandler... handlers) throws Exception {
    group = transport.newGroup(1, "test");
    listening =
        new ServerBootstrap()
            .group(group)
            .channel(transport.serverChannel())
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(handlers).addLast(new Acceptor());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    socket = new Socket();
    socket.setReceiveBufferSize(64 << 10);
    socket.connect(listening.localAddress());
    socket.setSoTimeout(20_000);
  }

  static Pairs of(Transport transport, ChannelHandler... handlers) throws Exception {
    return new Pairs(transport, handlers);
  }

  /// The last handler's place on the other side.
  ChannelHandlerContext context() throws Exception {
    return accepted.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    accepted.thenAccept(context -> context.channel().close().awaitUninterruptibly()).join();
    listening.close().awaitUninterruptibly();
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private final class Acceptor extends ChannelInboundHandlerAdapter {

    @Override
    public void channelActive(ChannelHandlerContext context) {
      accepted.complete(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // The writes tell.
    }
  }
}
