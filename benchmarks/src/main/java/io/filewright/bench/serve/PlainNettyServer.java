package io.filewright.bench.serve;

import io.filewright.netty.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedFile;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A file server as Netty's examples have it: each request opens the file on the event loop.
final class PlainNettyServer {

  private static final int MOST_REQUEST_BYTES = 65_536;
  private static final int CHUNK_BYTES = 8_192;

  /// How a file is written.
  enum Way {
    /// By `sendfile`.
    REGION,
    /// Read in chunks.
    CHUNKED,
    /// From its mapping, which is kept: the kernel takes the faults while it copies.
    MAPPED
  }

  private PlainNettyServer() {}

  /// Serves until the process ends, on the transport that ours takes.
  static Listening start(Path root, Way way) throws InterruptedException {
    Transport transport =
        Transport.choose(List.of(Transport.EPOLL, Transport.IO_URING)).transport();
    EventLoopGroup loops = transport.newGroup(Runtime.getRuntime().availableProcessors(), "peer");
    var mapped = new ConcurrentHashMap<String, ByteBuffer>();
    Channel listening =
        new ServerBootstrap()
            .group(loops)
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
                            new Files(root, way, mapped));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    return new Listening(
        ((InetSocketAddress) listening.localAddress()).getPort(), loops, mapped::clear);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // as in the example
  private static final class Files extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final Path root;
    private final Way way;
    private final Map<String, ByteBuffer> mapped;

    Files(Path root, Way way, Map<String, ByteBuffer> mapped) {
      this.root = root;
      this.way = way;
      this.mapped = mapped;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close(); // the client went away
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
        throws Exception {
      String name = request.uri().substring(1);
      if (way == Way.MAPPED) {
        ByteBuffer content = mapping(name);
        context.write(head(content.remaining()));
        context.writeAndFlush(new DefaultLastHttpContent(Unpooled.wrappedBuffer(content)));
      } else {
        send(context, new RandomAccessFile(root.resolve(name).toFile(), "r"));
      }
    }

    /// @param file closed by what is written
    private void send(ChannelHandlerContext context, RandomAccessFile file) throws IOException {
      long size = file.length();
      context.write(head(size));
      if (way == Way.REGION) {
        context.write(new DefaultFileRegion(file.getChannel(), 0, size));
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      } else {
        context.writeAndFlush(new HttpChunkedInput(new ChunkedFile(file, 0, size, CHUNK_BYTES)));
      }
    }

    private static HttpResponse head(long byteSize) {
      var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_LENGTH, byteSize)
          .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_OCTET_STREAM);
      return response;
    }

    private ByteBuffer mapping(String name) throws IOException {
      ByteBuffer known = mapped.get(name);
      if (known == null) {
        try (var channel = FileChannel.open(root.resolve(name))) {
          known = channel.map(MapMode.READ_ONLY, 0, channel.size());
          mapped.put(name, known);
        }
      }
      return known.duplicate();
    }
  }
}
