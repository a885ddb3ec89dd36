package io.filewright.command;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What is asked of the content.
final class ContentOptions {

  @Option(names = "--sha256", description = "The SHA-256 of the content.")
  private boolean sha256;

  @Option(names = "--count-lines", description = "The number of line feeds in the content.")
  private boolean countLines;

  /// A scan for one file; empty if nothing is asked.
  Optional<ContentScan> scan() {
    return sha256 || countLines
        ? Optional.of(new ContentScan(digest(), countLines))
        : Optional.empty();
  }

  boolean countsLines() {
    return countLines;
  }

  /// A digest for one file, if one is asked for.
  Optional<MessageDigest> digest() {
    try {
      return sha256 ? Optional.of(MessageDigest.getInstance("SHA-256")) : Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
