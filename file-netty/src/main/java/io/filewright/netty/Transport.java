package io.filewright.netty;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Netty's ways to the network, in the order in which [#choose()] tries them. Who measured another
/// order for what they do gives it to [#choose(List)].
public enum Transport {

  /// A ring of the kernel's. Containers often refuse it.
  IO_URING(IoUringServerSocketChannel.class, IoUringSocketChannel.class) {
    @Override
    @Nullable Throwable cause() {
      return IoUring.unavailabilityCause();
    }

    @Override
    IoHandlerFactory handlers() {
      return IoUringIoHandler.newFactory();
    }
  },

  /// Linux' readiness, without the JDK's selector.
  EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class) {
    @Override
    @Nullable Throwable cause() {
      return Epoll.unavailabilityCause();
    }

    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }
  },

  /// The JDK's selector, which runs everywhere.
  NIO(NioServerSocketChannel.class, NioSocketChannel.class) {
    @Override
    @Nullable Throwable cause() {
      return null;
    }

    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }
  };

  private final Class<? extends ServerChannel> serverChannel;
  private final Class<? extends SocketChannel> socketChannel;

  Transport(
      Class<? extends ServerChannel> serverChannel, Class<? extends SocketChannel> socketChannel) {
    this.serverChannel = serverChannel;
    this.socketChannel = socketChannel;
  }

  /// What was chosen.
  ///
  /// @param transport the first that can run
  /// @param refused those that come before it, in that order, with the reason why they cannot
  public record Choice(Transport transport, Map<Transport, String> refused) {

    public Choice {
      refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused)); // which keeps the order
    }
  }

  /// The first that can run here, in the order of their declaration.
  public static Choice choose() {
    return choose(List.of(values()));
  }

  /// The first that can run here, in an order of one's own, with [#NIO] behind them all.
  public static Choice choose(List<Transport> order) {
    var refused = new LinkedHashMap<Transport, String>();
    for (Transport transport : order) {
      Optional<String> refusal = transport.refusal();
      if (refusal.isEmpty()) {
        return new Choice(transport, refused);
      }
      refused.put(transport, refusal.get());
    }
    return new Choice(NIO, refused);
  }

  /// Why it cannot run here.
  ///
  /// @return empty if it can
  public final Optional<String> refusal() {
    return Optional.ofNullable(cause()).map(Transport::innermost);
  }

  /// Event loops of daemon threads, to be shut down by the caller.
  ///
  /// @param threads how many, at least 1
  /// @param name what the threads' names begin with
  public final MultiThreadIoEventLoopGroup newGroup(int threads, String name) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), handlers());
  }

  /// What listens.
  public final Class<? extends ServerChannel> serverChannel() {
    return serverChannel;
  }

  /// What connects.
  public final Class<? extends SocketChannel> socketChannel() {
    return socketChannel;
  }

  abstract @Nullable Throwable cause();

  abstract IoHandlerFactory handlers();

  private static String innermost(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
