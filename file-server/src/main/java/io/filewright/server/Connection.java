package io.filewright.server;

import io.filewright.netty.RegionChannel;
import io.filewright.server.ServerOptions.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One client: answers its requests, one after the other. All of it happens on the connection's
/// event loop, but what has to wait for the disk.
@SuppressWarnings("FutureReturnValueIgnored") // the last write of a response tells of all of them
final class Connection extends ChannelInboundHandlerAdapter {

  /// How many requests may wait for the one before them until no more are read.
  private static final int MOST_WAITING = 16;

  /// How long is read what a client still sends that was refused: else it might lose the answer.
  private static final int LINGER_SECONDS = 2;

  private final Site site;
  private final Connections connections;
  private final Limits limits;
  private final boolean isEncrypted;
  private final Deque<HttpRequest> waiting = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private boolean serving;
  private boolean answering;
  private boolean keepAlive = true;
  private boolean isNew = true;
  private boolean deaf;
  private boolean heardAll;
  private long bodyBytes;
  private long sinceNanos = System.nanoTime();
  private long progress;

  Connection(Site site, Connections connections, Limits limits, boolean isEncrypted) {
    this.site = site;
    this.connections = connections;
    this.limits = limits;
    this.isEncrypted = isEncrypted;
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    switch (connections.enter(this)) {
      case SERVED -> {}
      case REFUSED -> refuse(active, HttpResponseStatus.SERVICE_UNAVAILABLE, true);
      case TURNED_AWAY -> active.close();
    }
    if (connections.isDraining()) {
      active.close(); // the drain may have passed it by
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext active) {
    connections.leave(this);
    waiting.clear();
  }

  @Override
  public void channelRead(ChannelHandlerContext active, Object message) {
    switch (message) {
      case HttpRequest request -> {
        if (!deaf) {
          waiting.add(request);
          serve(active);
        }
      }
      case HttpContent content -> discard(active, content);
      default -> throw new IllegalStateException("no part of HTTP: " + message.getClass());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext active) {
    if (waiting.size() >= MOST_WAITING) {
      active.channel().config().setAutoRead(false);
    }
  }

  /// A client that has said all may still want to hear the answers.
  @Override
  public void userEventTriggered(ChannelHandlerContext active, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      heardAll = true;
      if (deaf || (!answering && waiting.isEmpty())) {
        active.close();
      }
    }
  }

  /// Whatever went wrong here, it was not the file: what is on the wire may be half of something.
  @Override
  public void exceptionCaught(ChannelHandlerContext active, Throwable cause) {
    active.close();
  }

  /// Ends it with the response that it is at; from any thread.
  void drain() {
    onLoop(
        active -> {
          keepAlive = false;
          if (!answering) {
            active.close();
          }
        });
  }

  /// Ends it if it took too long; from any thread.
  void checkDeadline() {
    onLoop(
        active -> {
          long now = System.nanoTime();
          if (answering && progress != progressNow(active)) {
            progress = progressNow(active);
            sinceNanos = now;
          }
          var limit = isNew && !answering ? limits.request() : limits.idle();
          if (now - sinceNanos > limit.toNanos()) {
            active.close();
          }
        });
  }

  /// Ends it now; from any thread.
  void close() {
    onLoop(ChannelHandlerContext::close);
  }

  private void onLoop(Consumer<ChannelHandlerContext> task) {
    ChannelHandlerContext active = context;
    if (active != null) {
      try {
        active.executor().execute(() -> task.accept(active));
      } catch (RejectedExecutionException _) {
        // The loop has ended, and its connections with it.
      }
    }
  }

  /// Answers what waits, as far as it can be done now.
  private void serve(ChannelHandlerContext active) {
    if (serving) {
      return;
    }
    serving = true;
    while (!answering && !waiting.isEmpty() && active.channel().isActive()) {
      begin(active, waiting.remove());
    }
    serving = false;
    if (waiting.isEmpty() && !active.channel().config().isAutoRead()) {
      active.channel().config().setAutoRead(true);
    }
  }

  private void begin(ChannelHandlerContext active, HttpRequest request) {
    connections.requests.increment();
    isNew = false;
    Optional<HttpResponseStatus> objection = objection(request);
    if (objection.isPresent()) {
      refuse(active, objection.get(), !request.method().equals(HttpMethod.HEAD));
      return;
    }
    keepAlive = HttpUtil.isKeepAlive(request) && !connections.isDraining();
    answering = true;
    sinceNanos = System.nanoTime();
    Optional<RequestTarget> target = RequestTarget.parse(request.uri());
    Optional<Answer> answer =
        target.isEmpty()
            ? Optional.of(new Answer.Refused(HttpResponseStatus.NOT_FOUND))
            : site.glance(target.get());
    if (answer.isPresent()) {
      answer(active, request, answer.get());
    } else {
      look(active, request, target.get());
    }
  }

  /// What is wrong with a request, so that nothing can be made of what follows either.
  private Optional<HttpResponseStatus> objection(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(
          switch (request.decoderResult().cause()) {
            case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            default -> HttpResponseStatus.BAD_REQUEST;
          });
    }
    boolean isCurrent = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (!isCurrent && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      return Optional.of(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED);
    }
    if (isCurrent && request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
      return Optional.of(HttpResponseStatus.BAD_REQUEST);
    }
    if (!isRead(request.method())) {
      return Optional.of(HttpResponseStatus.METHOD_NOT_ALLOWED);
    }
    return HttpUtil.getContentLength(request, 0L) > limits.bodyBytes()
        ? Optional.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE)
        : Optional.empty();
  }

  private static boolean isRead(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  /// Has somebody look who may wait.
  private void look(ChannelHandlerContext active, HttpRequest request, RequestTarget target) {
    Thread.ofVirtual()
        .name("filewright-look")
        .start(
            () -> {
              Answer answer = new Answer.Refused(HttpResponseStatus.INTERNAL_SERVER_ERROR);
              try {
                answer = site.look(target);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt(); // nobody does that
              } finally {
                deliver(active, request, answer);
              }
            });
  }

  private void deliver(ChannelHandlerContext active, HttpRequest request, Answer answer) {
    try {
      active.executor().execute(() -> answer(active, request, answer));
    } catch (RejectedExecutionException _) {
      if (answer instanceof Answer.Found(FileUse use, _)) {
        use.release();
      }
    }
  }

  private void answer(ChannelHandlerContext active, HttpRequest request, Answer answer) {
    boolean hasBody = request.method().equals(HttpMethod.GET);
    switch (answer) {
      case Answer.Found(FileUse use, String contentType) ->
          send(active, use, contentType, request);
      case Answer.Page(String html) ->
          send(
              active,
              ResponseHead.of(HttpResponseStatus.OK)
                  .with("Cache-Control", "no-cache")
                  .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
              "text/html; charset=utf-8",
              html,
              hasBody);
      case Answer.Elsewhere(String uri) ->
          send(
              active,
              ResponseHead.of(HttpResponseStatus.MOVED_PERMANENTLY).with("Location", uri),
              "text/plain; charset=utf-8",
              "See " + uri + "\n",
              hasBody);
      case Answer.Refused(HttpResponseStatus status) -> sendStatus(active, status, hasBody);
    }
  }

  /// Says what is wrong, and ends the connection.
  private void refuse(ChannelHandlerContext active, HttpResponseStatus status, boolean hasBody) {
    answering = true;
    keepAlive = false;
    sinceNanos = System.nanoTime();
    sendStatus(active, status, hasBody);
  }

  private void sendStatus(
      ChannelHandlerContext active, HttpResponseStatus status, boolean hasBody) {
    ResponseHead head = ResponseHead.of(status);
    if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      head.with("Allow", "GET, HEAD");
    }
    send(active, head, "text/plain; charset=utf-8", status + "\n", hasBody);
  }

  private void send(
      ChannelHandlerContext active,
      ResponseHead head,
      String contentType,
      String text,
      boolean hasBody) {
    var body = ByteBufUtil.writeUtf8(active.alloc(), text);
    head.with("Content-Type", contentType).with("Content-Length", body.readableBytes());
    head.with("X-Content-Type-Options", "nosniff");
    active.write(head.with("Connection", connection()).encode(active.alloc()));
    if (!hasBody) {
      body.clear();
    }
    active.writeAndFlush(body).addListener(sent -> ended(active, sent.isSuccess()));
  }

  /// Releases the file, whatever happens.
  private void send(
      ChannelHandlerContext active, FileUse use, String contentType, HttpRequest request) {
    ChannelFuture whole = null;
    try {
      whole = begin(active, use.file(), contentType, request);
    } finally {
      if (whole == null) {
        use.release();
        active.close();
      }
    }
    whole.addListener(
        sent -> {
          use.release();
          ended(active, sent.isSuccess());
        });
  }

  private ChannelFuture begin(
      ChannelHandlerContext active, ServedFile file, String contentType, HttpRequest request) {
    boolean hasBody = request.method().equals(HttpMethod.GET);
    FileResponse response =
        FileResponse.of(file, contentType, request.headers(), hasBody, active.alloc());
    ByteBuf head = response.head().with("Connection", connection()).encode(active.alloc());
    Optional<RegionChannel> channel = isEncrypted ? Optional.empty() : file.channel();
    return BodyWriter.write(active, file, channel, head, response.pieces());
  }

  private String connection() {
    return keepAlive ? "keep-alive" : "close";
  }

  /// A response that was announced and cannot be ended breaks the connection, and nothing else.
  private void ended(ChannelHandlerContext active, boolean isWhole) {
    answering = false;
    sinceNanos = System.nanoTime();
    if (!isWhole) {
      connections.brokenResponses.increment();
      active.close();
    } else if (!keepAlive || (heardAll && waiting.isEmpty())) {
      leave(active);
    } else {
      serve(active);
    }
  }

  /// Says goodbye, and gives the client time to hear it.
  private void leave(ChannelHandlerContext active) {
    deaf = true;
    waiting.clear();
    if (isEncrypted || heardAll || !(active.channel() instanceof DuplexChannel channel)) {
      active.close();
      return;
    }
    ChannelFuture said = channel.shutdownOutput();
    said.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    active.channel().config().setAutoRead(true);
    var _ = active.executor().schedule(() -> active.close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }

  private void discard(ChannelHandlerContext active, HttpContent content) {
    bodyBytes += content.content().readableBytes();
    boolean isTooLong = bodyBytes > limits.bodyBytes();
    if (content instanceof LastHttpContent) {
      bodyBytes = 0;
    }
    content.release();
    if (isTooLong && !deaf) {
      active.close();
    }
  }

  /// Changes whenever the client has taken something.
  private static long progressNow(ChannelHandlerContext active) {
    ChannelOutboundBuffer buffer = active.channel().unsafe().outboundBuffer();
    return buffer == null
        ? 0
        : buffer.currentProgress() * 31 + System.identityHashCode(buffer.current());
  }
}
