package io.filewright.spi;

/// Which file it is, whatever name it has now: two opened files are the same one exactly when their
/// identities are equal.
///
/// @param device the file system's number, or a hash of what the platform has instead
/// @param inode the file's number in it
public record FileIdentity(long device, long inode) {}
