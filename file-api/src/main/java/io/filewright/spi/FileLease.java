package io.filewright.spi;

/// The kernel's word that nobody opens a file for writing or truncates it without our consent. Who
/// tries is kept waiting until the lease is closed, or refused if it does not want to wait; the
/// system limits how long (45 s by default on Linux).
public interface FileLease extends AutoCloseable {

  /// Whether somebody is kept waiting, or was let through because the time was over.
  boolean isBroken();

  /// Lets those who wait go on. Called once, after the file's mappings have been closed.
  @Override
  void close();
}
