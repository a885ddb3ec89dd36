package io.filewright.server;

/// What a server has done.
///
/// @param connections that are served now
/// @param requests that were begun to be answered
/// @param brokenResponses that were not sent to their end: the client went away, or the file
///   changed
public record ServerStats(int connections, long requests, long brokenResponses) {}
