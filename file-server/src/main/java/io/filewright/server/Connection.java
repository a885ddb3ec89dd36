package io.filewright.server;

import io.filewright.server.ServerOptions.Limits;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One client: answers its requests, one after the other. All of it happens on the connection's
/// event loop, but what has to wait for the disk.
///
/// ```
///   IDLE <──> ANSWERING ──> ANSWERING_LAST ──> LEAVING ──> closed
///     └─────────────────────────┘
/// ```
@SuppressWarnings("FutureReturnValueIgnored") // the last write of a response tells of all of them
final class Connection extends ChannelInboundHandlerAdapter {

  /// How many requests may wait for the one before them until no more are read.
  private static final int MOST_WAITING = 16;

  /// How long is read what a client still sends that was refused: else it might lose the answer.
  private static final int LINGER_SECONDS = 2;

  private static final String UNANSWERED = "A request could not be answered.";

  private final Site site;
  private final Connections connections;
  private final Limits limits;
  private final boolean isEncrypted;
  private final Deadline deadline;
  private final Deque<Heard> waiting = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private Phase phase = Phase.IDLE;
  private @Nullable HttpRequest hearing;
  private long bodyBytes;
  private boolean heardAll;
  private boolean serving;

  Connection(Site site, Connections connections, Limits limits, boolean isEncrypted) {
    this.site = site;
    this.connections = connections;
    this.limits = limits;
    this.isEncrypted = isEncrypted;
    this.deadline = new Deadline(limits);
  }

  private enum Phase {
    /// Nothing is being answered.
    IDLE,
    /// A response is on its way, and the next request may follow.
    ANSWERING,
    /// The same, but nothing follows.
    ANSWERING_LAST,
    /// All is said, and the client has a moment to hear it.
    LEAVING
  }

  /// A request that can be answered.
  ///
  /// @param objection the answer, if something is wrong with it; nothing behind it counts
  private record Heard(HttpRequest request, Optional<HttpResponseStatus> objection) {}

  /// What reads this client's requests; goes ahead of this.
  HttpRequestDecoder newDecoder() {
    var config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.requestLineBytes())
            .setMaxHeaderSize(limits.headerBytes());
    return new HttpRequestDecoder(config) {
      @Override
      public void channelRead(ChannelHandlerContext active, Object bytes) throws Exception {
        if (phase == Phase.IDLE) {
          deadline.hear();
        }
        super.channelRead(active, bytes);
      }
    };
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    switch (connections.enter(this)) {
      case SERVED -> {}
      case REFUSED -> {
        become(Phase.ANSWERING_LAST);
        var refusal = new Answer.Refused(HttpResponseStatus.SERVICE_UNAVAILABLE);
        answer(active, refusal, EmptyHttpHeaders.INSTANCE, true);
      }
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
      case HttpRequest request -> hear(active, request);
      case HttpContent content -> hear(active, content);
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
      if (phase == Phase.LEAVING || (phase == Phase.IDLE && waiting.isEmpty())) {
        active.close();
      }
    }
  }

  /// Whatever went wrong, what is on the wire may be half of something. Clients that go away, or
  /// send what is no HTTP or TLS, are everyday life; anything else is a mistake of this server.
  @Override
  public void exceptionCaught(ChannelHandlerContext active, Throwable cause) {
    if (!(cause instanceof IOException || cause instanceof DecoderException)) {
      connections.failed(UNANSWERED, cause);
    }
    active.close();
  }

  /// Ends it with the response that it is at; from any thread.
  void drain() {
    onLoop(
        active -> {
          switch (phase) {
            case IDLE -> active.close();
            case ANSWERING -> become(Phase.ANSWERING_LAST);
            case ANSWERING_LAST, LEAVING -> {}
          }
        });
  }

  /// Ends it if it took too long; from any thread.
  void checkDeadline() {
    onLoop(
        active -> {
          if (deadline.isOver(active.channel())) {
            active.close();
          }
        });
  }

  /// Ends it now; from any thread.
  void close() {
    onLoop(ChannelHandlerContext::close);
  }

  private interface Step {
    void run(ChannelHandlerContext active);
  }

  private void onLoop(Step step) {
    ChannelHandlerContext active = context;
    if (active != null) {
      try {
        active.executor().execute(() -> step.run(active));
      } catch (RejectedExecutionException _) {
        // The loop has ended, and its connections with it.
      }
    }
  }

  private void become(Phase next) {
    phase = next;
    deadline.restart();
  }

  /// Whether nothing that the client says counts any more.
  private boolean isDeaf() {
    Heard last = waiting.peekLast();
    return switch (phase) {
      case IDLE, ANSWERING -> last != null && last.objection().isPresent();
      case ANSWERING_LAST, LEAVING -> true;
    };
  }

  /// A request waits for its body, which may be too long; but not if the client waits for a word
  /// before it sends that.
  private void hear(ChannelHandlerContext active, HttpRequest request) {
    if (isDeaf()) {
      return;
    }
    bodyBytes = 0;
    Optional<HttpResponseStatus> objection = Objection.to(request, limits);
    if (objection.isPresent() || HttpUtil.is100ContinueExpected(request)) {
      heard(active, request, objection);
    } else {
      hearing = request;
    }
  }

  private void hear(ChannelHandlerContext active, HttpContent content) {
    bodyBytes += content.content().readableBytes();
    content.release();
    HttpRequest request = hearing;
    if (isDeaf()) {
      return;
    }
    boolean isTooLong = bodyBytes > limits.bodyBytes();
    boolean isMalformed = content.decoderResult().isFailure();
    if (request != null && isMalformed) {
      heard(active, request, Optional.of(HttpResponseStatus.BAD_REQUEST));
    } else if (request != null && isTooLong) {
      heard(active, request, Optional.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE));
    } else if (request != null && content instanceof LastHttpContent) {
      heard(active, request, Optional.empty());
    } else if (isTooLong || isMalformed) {
      active.close(); // it has been answered already
    }
  }

  private void heard(
      ChannelHandlerContext active, HttpRequest request, Optional<HttpResponseStatus> objection) {
    hearing = null;
    waiting.add(new Heard(request, objection));
    serve(active);
  }

  /// Answers what waits, as far as it can be done now. A response that ends at once leaves the next
  /// one to the call that is under way.
  private void serve(ChannelHandlerContext active) {
    if (serving) {
      return;
    }
    serving = true;
    try {
      while (phase == Phase.IDLE && !waiting.isEmpty() && active.channel().isActive()) {
        begin(active, waiting.remove());
      }
    } finally {
      serving = false;
    }
    if (waiting.isEmpty() && !active.channel().config().isAutoRead()) {
      active.channel().config().setAutoRead(true);
    }
  }

  private void begin(ChannelHandlerContext active, Heard heard) {
    connections.requests.increment();
    HttpRequest request = heard.request();
    if (heard.objection().isPresent()) {
      become(Phase.ANSWERING_LAST);
      answer(active, request, new Answer.Refused(heard.objection().get()));
      return;
    }
    boolean keepsAlive = HttpUtil.isKeepAlive(request) && !connections.isDraining();
    become(keepsAlive ? Phase.ANSWERING : Phase.ANSWERING_LAST);
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

  /// Has somebody look who may wait.
  private void look(ChannelHandlerContext active, HttpRequest request, RequestTarget target) {
    boolean isForBody = request.method().equals(HttpMethod.GET);
    var look = new Look(target, isForBody, active.channel()::isActive);
    Thread.ofVirtual()
        .name("filewright-look")
        .start(() -> deliver(active, request, answerTo(look)));
  }

  private Answer answerTo(Look look) {
    try {
      return site.look(look);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // nobody does that
    } catch (RuntimeException | Error e) {
      connections.failed(UNANSWERED, e);
    }
    return new Answer.Refused(HttpResponseStatus.INTERNAL_SERVER_ERROR);
  }

  private void deliver(ChannelHandlerContext active, HttpRequest request, Answer answer) {
    try {
      active.executor().execute(() -> guarded(active, () -> answer(active, request, answer)));
    } catch (RejectedExecutionException _) {
      if (answer instanceof Answer.Found(FileUse use, _)) {
        use.release();
      }
    }
  }

  /// What fails outside of a call of the pipeline's ends the connection, too.
  private void guarded(ChannelHandlerContext active, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      exceptionCaught(active, e);
    }
  }

  private void answer(ChannelHandlerContext active, HttpRequest request, Answer answer) {
    answer(active, answer, request.headers(), !request.method().equals(HttpMethod.HEAD));
  }

  private void answer(
      ChannelHandlerContext active, Answer answer, HttpHeaders headers, boolean hasBody) {
    String connection = phase == Phase.ANSWERING ? "keep-alive" : "close";
    var way = new BodyWriter.Way(isEncrypted, connections.copies);
    new ResponseWriter(active, way, connections.pages)
        .write(answer, new ResponseWriter.Manner(headers, hasBody, connection))
        .addListener(sent -> ended(active, sent.isSuccess()));
  }

  /// A response that was announced and cannot be ended breaks the connection, and nothing else.
  private void ended(ChannelHandlerContext active, boolean isWhole) {
    if (!isWhole) {
      connections.brokenResponses.increment();
      active.close();
    } else if (phase == Phase.ANSWERING_LAST || (heardAll && waiting.isEmpty())) {
      leave(active);
    } else {
      become(Phase.IDLE);
      guarded(active, () -> serve(active));
    }
  }

  /// Says goodbye, and gives the client time to hear it.
  private void leave(ChannelHandlerContext active) {
    become(Phase.LEAVING);
    waiting.clear();
    if (heardAll || !(active.channel() instanceof DuplexChannel channel)) {
      active.close();
      return;
    }
    goodbye(active)
        .addListener(
            _ -> channel.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE));
    active.channel().config().setAutoRead(true);
    var _ = active.executor().schedule(() -> active.close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }

  /// The end of what is encrypted has to be said in TLS, too. Nobody decrypts what still comes.
  private static ChannelFuture goodbye(ChannelHandlerContext active) {
    SslHandler tls = active.pipeline().get(SslHandler.class);
    if (tls == null) {
      return active.newSucceededFuture();
    }
    active.pipeline().addFirst(new Discard());
    return tls.closeOutbound();
  }

  /// Takes what nobody wants to hear.
  private static final class Discard extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext active, Object message) {
      ReferenceCountUtil.release(message);
    }
  }
}
