package io.filewright.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.filewright.netty.Transport;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/// How many connections there may be.
///
/// @param served at the same time
/// @param refused that may be told at the same time that there is no room
record Capacity(int served, int refused) {

  private static final int MOST_REFUSED = 256;

  /// Of the descriptors that are left, those who are refused get at most this part.
  private static final int REFUSED_PART = 8;

  /// Descriptors for whatever else is opened: listings, files that are looked at.
  private static final int RESERVE = 32;

  /// As many as are wanted, if the process may have the descriptors for them: the 503 has to come
  /// before the system refuses to accept.
  ///
  /// @param wanted to be served, at least 1
  static Capacity of(int wanted, Transport transport) {
    OptionalLong spare = spareDescriptors();
    return spare.isEmpty()
        ? new Capacity(wanted, MOST_REFUSED)
        : within(spare.getAsLong(), wanted, descriptors(transport));
  }

  /// @param spare descriptors that may still be opened
  /// @param each that a connection may need
  static Capacity within(long spare, int wanted, int each) {
    int refused = Math.clamp(spare / REFUSED_PART, 1, MOST_REFUSED);
    int served = Math.clamp((spare - refused - RESERVE) / each, 1, wanted);
    return new Capacity(served, refused);
  }

  /// A socket; a file of its own, which is open as a region and as a channel; and the pipe through
  /// which a ring splices.
  private static int descriptors(Transport transport) {
    return switch (transport) {
      case IO_URING -> 5;
      case EPOLL, NIO -> 3;
    };
  }

  /// @return empty where there is no such limit
  private static OptionalLong spareDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? OptionalLong.of(system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount())
        : OptionalLong.empty();
  }
}
