package io.filewright.server;

/// What a server has done.
///
/// @param connections that are served now
/// @param requests that were begun to be answered
/// @param brokenResponses that were not sent to their end: the client went away, or the file
///   changed
/// @param failures that nobody but this server is to blame for; each is logged
public record ServerStats(int connections, long requests, long brokenResponses, long failures) {}
