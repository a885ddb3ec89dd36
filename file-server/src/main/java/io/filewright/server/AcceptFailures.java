package io.filewright.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/// What becomes of a connection that cannot be accepted, as descriptors or memory have run out: it
/// waits in the kernel's queue. On the event loop of what listens.
final class AcceptFailures extends ChannelInboundHandlerAdapter {

  /// How long none is accepted then: as it is still there, the next attempt would come at once.
  private static final int PAUSE_SECONDS = 1;

  private final Site site;
  private final Connections connections;

  AcceptFailures(Site site, Connections connections) {
    this.site = site;
    this.connections = connections;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Channel channel = context.channel();
    if (channel.isOpen() && channel.config().isAutoRead()) {
      channel.config().setAutoRead(false);
      var _ = context.executor().schedule(() -> goOn(channel), PAUSE_SECONDS, TimeUnit.SECONDS);
      Thread.ofVirtual().name("filewright-let-go").start(site::letGo);
      connections.failed("A connection could not be accepted.", cause);
    }
  }

  private static void goOn(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setAutoRead(true);
    }
  }
}
