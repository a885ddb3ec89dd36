package io.filewright.server;

import io.filewright.error.FailureDetails;
import io.filewright.error.NotFound;
import io.filewright.error.NotRegularFile;
import io.filewright.error.PermissionDenied;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a server shows of itself to those who speak TLS.
final class Certificates {

  private Certificates() {}

  /// Reads them. May wait for the disk.
  ///
  /// @throws IOException if a file is not there or may not be read, or is not what it should be
  static Optional<SslContext> context(Optional<ServerOptions.Tls> files) throws IOException {
    return files.isEmpty() ? Optional.empty() : Optional.of(context(files.get()));
  }

  private static SslContext context(ServerOptions.Tls files) throws IOException {
    check(files.certificates());
    check(files.key());
    try {
      return SslContextBuilder.forServer(files.certificates().toFile(), files.key().toFile())
          .build();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "cannot use %s with %s: %s".formatted(files.certificates(), files.key(), e.getMessage()),
          e);
    }
  }

  /// Whoever reads them makes "no valid certificates" of all that can be wrong with a file.
  private static void check(Path file) throws IOException {
    if (Files.notExists(file)) {
      throw new NotFound(details(file, "there is no such file", "Check the spelling"));
    }
    if (!Files.isRegularFile(file)) {
      throw new NotRegularFile(details(file, "it is no regular file", "Name a file of PEM"));
    }
    if (!Files.isReadable(file)) {
      throw new PermissionDenied(details(file, "it may not be read", "Check its permissions"));
    }
  }

  private static FailureDetails details(Path file, String cause, String advice) {
    return FailureDetails.of(file, "serve", cause, advice);
  }
}
