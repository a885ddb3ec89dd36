package io.filewright.server;

import io.filewright.netty.Transport;
import io.netty.util.internal.PlatformDependent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// How a server listens, and what it puts up with. Begin with [#DEFAULT] and change what differs.
/// Immutable.
///
/// @param host the address to listen on, by name or number; 127.0.0.1 by default
/// @param port 0 for any that is free, which is the default
/// @param tls plain HTTP if empty, which is the default
/// @param transport if empty, which is the default, the fastest that can run: epoll, io_uring, NIO
/// @param eventLoops threads that serve; by default one for each processor
/// @param limits what clients may cost
public record ServerOptions(
    String host,
    int port,
    Optional<Tls> tls,
    Optional<Transport> transport,
    int eventLoops,
    Limits limits) {

  /// The defaults.
  public static final ServerOptions DEFAULT =
      new ServerOptions(
          "127.0.0.1",
          0,
          Optional.empty(),
          Optional.empty(),
          Runtime.getRuntime().availableProcessors(),
          Limits.DEFAULT);

  /// Files of the server's certificate and key, as PEM.
  ///
  /// @param certificates the server's first, then those that lead to a root
  /// @param key PKCS #8, without a password
  public record Tls(Path certificates, Path key) {}

  /// What clients may cost. Who asks for more is refused with the status that says so.
  ///
  /// @param connections that are served at the same time, at most: fewer if the process may not
  ///   have enough descriptors, see [FileServer#mostConnections]; one more is answered 503 and
  ///   closed, or, while 256 are being answered so, closed at once
  /// @param requestLineBytes longest request line (414)
  /// @param headerBytes longest head of a request without that line (431)
  /// @param bodyBytes longest body of a request, which nobody looks at (413)
  /// @param idle how long a connection may stay without a request, or without taking any of its
  ///   response
  /// @param request how long a client may take to send a request, from its first byte on, or from
  ///   the beginning of the connection
  /// @param openFileBytes memory for files that are kept open: content of small ones, and 64 KiB
  ///   for each other. Who asks for a file while responses use all of it is told 503
  /// @param copyBytes memory for what passes through the process on its way to clients, as do
  ///   listings, what is encrypted, and files of which it is not known whether they are in memory;
  ///   at least 64 KiB. While less than half of it is free, a response goes on in steps of 16 KiB,
  ///   each of which waits for room; who asks for a listing that finds none is told 503. By default
  ///   a quarter of what Netty may take outside of the heap, but no more than 256 MiB
  public record Limits(
      int connections,
      int requestLineBytes,
      int headerBytes,
      long bodyBytes,
      Duration idle,
      Duration request,
      long openFileBytes,
      long copyBytes) {

    private static final long LEAST_COPY_BYTES = 64 << 10;
    private static final long MOST_USUAL_COPY_BYTES = 256 << 20;

    /// The defaults.
    public static final Limits DEFAULT =
        new Limits(
            10_000,
            8 << 10,
            16 << 10,
            64 << 10,
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            128 << 20,
            usualCopyBytes());

    public Limits {
      if (connections < 1 || requestLineBytes < 1 || headerBytes < 1 || bodyBytes < 0) {
        throw new IllegalArgumentException("A limit leaves nothing to serve.");
      }
      if (openFileBytes < 0 || copyBytes < LEAST_COPY_BYTES) {
        throw new IllegalArgumentException(
            "openFileBytes: " + openFileBytes + ", copyBytes: " + copyBytes);
      }
      if (!idle.isPositive() || !request.isPositive()) {
        throw new IllegalArgumentException("idle: " + idle + ", request: " + request);
      }
    }

    public Limits withConnections(int newConnections) {
      return new Limits(
          newConnections,
          requestLineBytes,
          headerBytes,
          bodyBytes,
          idle,
          request,
          openFileBytes,
          copyBytes);
    }

    /// Other times.
    public Limits withTimes(Duration newIdle, Duration newRequest) {
      return new Limits(
          connections,
          requestLineBytes,
          headerBytes,
          bodyBytes,
          newIdle,
          newRequest,
          openFileBytes,
          copyBytes);
    }

    /// Another bound on copies.
    public Limits withCopyBytes(long newCopyBytes) {
      return new Limits(
          connections,
          requestLineBytes,
          headerBytes,
          bodyBytes,
          idle,
          request,
          openFileBytes,
          newCopyBytes);
    }

    /// The rest is for what encryption makes of it, and for requests.
    private static long usualCopyBytes() {
      return Math.clamp(
          PlatformDependent.maxDirectMemory() / 4, LEAST_COPY_BYTES, MOST_USUAL_COPY_BYTES);
    }
  }

  public ServerOptions {
    Objects.requireNonNull(host, "host");
    if (port < 0 || port > 65_535 || eventLoops < 1) {
      throw new IllegalArgumentException("port: " + port + ", eventLoops: " + eventLoops);
    }
  }

  /// Another address.
  public ServerOptions withAddress(String newHost, int newPort) {
    return new ServerOptions(newHost, newPort, tls, transport, eventLoops, limits);
  }

  public ServerOptions withTls(Tls newTls) {
    return new ServerOptions(host, port, Optional.of(newTls), transport, eventLoops, limits);
  }

  public ServerOptions withTransport(Transport newTransport) {
    return new ServerOptions(host, port, tls, Optional.of(newTransport), eventLoops, limits);
  }

  public ServerOptions withLimits(Limits newLimits) {
    return new ServerOptions(host, port, tls, transport, eventLoops, newLimits);
  }
}
