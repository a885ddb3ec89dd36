package io.filewright.server;

import io.filewright.server.ServerOptions.Limits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/// How long a connection may go on as it does. On its event loop.
final class Deadline {

  private final Limits limits;
  private boolean isHearing = true;
  private long sinceNanos = System.nanoTime();
  private long progress;

  /// The first request is awaited from the beginning.
  Deadline(Limits limits) {
    this.limits = limits;
  }

  /// A request or a response has ended.
  void restart() {
    isHearing = false;
    sinceNanos = System.nanoTime();
  }

  /// There are bytes of a request: however slowly they come, they have to be all in time.
  void hear() {
    if (!isHearing) {
      isHearing = true;
      sinceNanos = System.nanoTime();
    }
  }

  /// Whether it has passed. What the client has taken of a response since the last question puts it
  /// off.
  boolean isOver(Channel channel) {
    long now = System.nanoTime();
    long progressNow = progress(channel);
    if (!isHearing && progress != progressNow) {
      sinceNanos = now;
    }
    progress = progressNow;
    return now - sinceNanos > (isHearing ? limits.request() : limits.idle()).toNanos();
  }

  /// Changes whenever the client has taken something.
  private static long progress(Channel channel) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null
        ? 0
        : buffer.currentProgress() * 31 + System.identityHashCode(buffer.current());
  }
}
