package io.filewright.server;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.FileRuntime;
import io.filewright.error.FailureDetails;
import io.filewright.error.NotFound;
import io.filewright.netty.Transport;
import io.filewright.server.ServerOptions.Limits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Serves the files beneath a directory over HTTP/1.1, to be read.
///
/// ```java
/// try (FileServer server = FileServer.start(root, ServerOptions.DEFAULT.withAddress("::1", 8080))) {
///   server.awaitClose();
/// }
/// ```
///
/// GET and HEAD, with ranges and conditions. A directory is its `index.html`, or else a page that
/// lists it. Nothing outside of the root is sent, whatever links lead there, and nothing whose name
/// begins with a dot, is not UTF-8, or has a backslash or a control character; the name that is
/// asked for counts, not what a link leads to. A file that changes is served as it is at most one
/// second later; one that is truncated while it is sent breaks that response and its connection.
///
/// All methods may be called from any thread.
public final class FileServer implements AutoCloseable {

  /// `sendfile` on the loop costs less than `splice` by the kernel's workers: epoll sends a hot
  /// file of 100 MiB about 1.2 times as fast as io_uring (`filewright bench serve`).
  private static final List<Transport> FASTEST_FIRST =
      List.of(Transport.EPOLL, Transport.IO_URING, Transport.NIO);

  /// How many connections may wait to be accepted.
  private static final int BACKLOG = 1_024;

  /// How long the event loops may take to end.
  private static final int QUIET_SECONDS = 5;

  private final FileRuntime runtime;
  private final Site site;
  private final Connections connections;
  private final Transport.Choice transport;
  private final EventLoopGroup group;
  private final Channel listening;
  private final boolean isEncrypted;
  private final AtomicBoolean ending = new AtomicBoolean();

  private FileServer(Path root, ServerOptions options) throws IOException {
    Optional<SslContext> tls = Certificates.context(options.tls());
    InetSocketAddress address = address(options);
    this.isEncrypted = tls.isPresent();
    this.transport = transport(options);
    this.runtime = newRuntime();
    this.group = newGroup(transport.transport(), options.eventLoops(), runtime);
    this.site = new Site(runtime, root, options.limits().openFileBytes());
    Limits limits = options.limits();
    Connections.prepareLog();
    this.connections =
        new Connections(
            Capacity.of(limits.connections(), transport.transport()), limits.copyBytes());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(transport.transport().serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .handler(new AcceptFailures(site, connections))
            .childHandler(new Pipeline(limits, tls))
            .bind(address)
            .awaitUninterruptibly();
    this.listening = bound.channel();
    if (!bound.isSuccess()) {
      close();
      throw cannotListen(options, bound.cause());
    }
    var _ = group.next().scheduleWithFixedDelay(this::eachSecond, 1, 1, TimeUnit.SECONDS);
  }

  /// Begins to serve.
  ///
  /// @param root a directory; links on the way to it are followed once, now
  /// @throws IOException if there is no such directory, the certificate or the transport that was
  ///   asked for cannot be used, there is no such host, or the address is taken
  @MustBeClosed
  public static FileServer start(Path root, ServerOptions options) throws IOException {
    Path real = realPath(root);
    if (!Files.isDirectory(real)) {
      throw new NotDirectoryException(root.toString());
    }
    return new FileServer(real, options);
  }

  private static Path realPath(Path root) throws IOException {
    try {
      return root.toRealPath();
    } catch (NoSuchFileException e) {
      throw new NotFound(
          FailureDetails.of(
              root,
              "serve",
              "there is no such directory",
              "Check the spelling and the working directory"),
          e);
    }
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /// The same as a URL for people and clients, such as `http://127.0.0.1:8080/`.
  public String url() {
    InetSocketAddress address = address();
    String host = address.getAddress().getHostAddress();
    return "%s://%s:%d/"
        .formatted(
            isEncrypted ? "https" : "http",
            host.indexOf(':') < 0 ? host : "[" + host + "]",
            address.getPort());
  }

  /// How many connections it serves at the same time: what its options allow, or fewer, so that the
  /// descriptors that the process may have (`ulimit -n`) suffice, three for each connection, five
  /// with io_uring. One more is told so (503) while there are still descriptors to do that with.
  public int mostConnections() {
    return connections.most().served();
  }

  /// How it reaches the network, and why not otherwise.
  public Transport.Choice transport() {
    return transport;
  }

  /// What it has done.
  public ServerStats stats() {
    return new ServerStats(
        connections.count(),
        connections.requests.sum(),
        connections.brokenResponses.sum(),
        connections.failures.sum());
  }

  /// Where connections are served, one executor for each event loop: for whoever measures how long
  /// they are busy. Nothing that waits may be given to them, and they are not to be shut down.
  public List<EventExecutor> eventLoops() {
    var loops = new ArrayList<EventExecutor>();
    group.forEach(loops::add);
    return List.copyOf(loops);
  }

  /// What it keeps files open with.
  FileRuntime runtime() {
    return runtime;
  }

  /// Takes no more connections, lets the responses that have begun come to their end, and closes.
  ///
  /// @param patience how long; what is not done then breaks
  /// @throws InterruptedException if the caller is interrupted; it is closed all the same
  public void drain(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      listening.close().await();
      connections.drain();
      connections.awaitNone(deadline);
    } finally {
      close();
    }
  }

  /// Waits until it has been closed.
  public void awaitClose() throws InterruptedException {
    listening.closeFuture().await();
    group.terminationFuture().await();
  }

  /// Ends it at once: whatever is being sent breaks. Waits until the event loops have ended.
  /// Idempotent.
  @Override
  public void close() {
    if (ending.compareAndSet(false, true)) {
      listening.close().awaitUninterruptibly();
      connections.closeAll();
      group.shutdownGracefully(0, QUIET_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
      site.close();
      runtime.close();
    }
  }

  private void eachSecond() {
    connections.checkDeadlines();
    Thread.ofVirtual().name("filewright-age").start(site::age);
  }

  /// Callbacks only pass the work on to an event loop, so they run where they are called.
  @SuppressWarnings("MustBeClosed") // by close
  private static FileRuntime newRuntime() throws IOException {
    return FileRuntime.builder().callbackExecutor(Runnable::run).build();
  }

  private static InetSocketAddress address(ServerOptions options) throws IOException {
    var address = new InetSocketAddress(options.host(), options.port());
    if (address.isUnresolved()) {
      throw new IOException(
          "cannot listen on %s, port %d: there is no such host. Check the spelling"
              .formatted(options.host(), options.port()),
          new UnresolvedAddressException());
    }
    return address;
  }

  private static IOException cannotListen(ServerOptions options, Throwable cause) {
    return new IOException(
        "cannot listen on %s, port %d: %s. See what listens there (ss -ltnp), or choose another"
                .formatted(options.host(), options.port(), cause.getMessage())
            + " address or port",
        cause);
  }

  private static Transport.Choice transport(ServerOptions options) throws IOException {
    if (options.transport().isEmpty()) {
      return Transport.choose(FASTEST_FIRST);
    }
    Transport chosen = options.transport().get();
    Optional<String> refusal = chosen.refusal();
    if (refusal.isPresent()) {
      throw new IOException("cannot use the transport %s: %s".formatted(chosen, refusal.get()));
    }
    return new Transport.Choice(chosen, Map.of());
  }

  /// @param runtime closed if there can be no group
  private static EventLoopGroup newGroup(Transport transport, int threads, FileRuntime runtime) {
    try {
      return transport.newGroup(threads, "filewright-http");
    } catch (RuntimeException | Error e) {
      runtime.close();
      throw e;
    }
  }

  /// What a connection goes through.
  private final class Pipeline extends ChannelInitializer<SocketChannel> {

    private final Limits limits;
    private final Optional<SslContext> tls;

    Pipeline(Limits limits, Optional<SslContext> tls) {
      this.limits = limits;
      this.tls = tls;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
      var connection = new Connection(site, connections, limits, tls.isPresent());
      channel.pipeline().addLast(connection.newDecoder()).addLast(connection);
    }
  }
}
