package io.filewright.bench.serve;

import io.filewright.netty.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedFile;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/// A file server as Netty's examples have it: each request opens the file on the event loop.
final class PlainNettyServer {

  private static final int MOST_REQUEST_BYTES = 65_536;
  private static final int CHUNK_BYTES = 8_192;

  /// How a file is written.
  enum Way {
    REGION,
    CHUNKED
  }

  private PlainNettyServer() {}

  /// Serves until the process ends, on the transport that ours takes.
  ///
  /// @return the port that it listens on
  static int start(Path root, Way way) throws InterruptedException {
    Transport transport =
        Transport.choose(List.of(Transport.EPOLL, Transport.IO_URING)).transport();
    Channel listening =
        new ServerBootstrap()
            .group(transport.newGroup(Runtime.getRuntime().availableProcessors(), "peer"))
            .channel(transport.serverChannel())
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(MOST_REQUEST_BYTES),
                            new ChunkedWriteHandler(),
                            new Files(root, way));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // as in the example
  private static final class Files extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final Path root;
    private final Way way;

    Files(Path root, Way way) {
      this.root = root;
      this.way = way;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close(); // the client went away
    }

    @Override
    @SuppressWarnings("resource") // closed by what is written
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
        throws Exception {
      var file = new RandomAccessFile(root.resolve(request.uri().substring(1)).toFile(), "r");
      long size = file.length();
      var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_LENGTH, size)
          .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_OCTET_STREAM);
      context.write(response);
      switch (way) {
        case REGION -> {
          context.write(new DefaultFileRegion(file.getChannel(), 0, size));
          context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        case CHUNKED ->
            context.writeAndFlush(
                new HttpChunkedInput(new ChunkedFile(file, 0, size, CHUNK_BYTES)));
      }
    }
  }
}
