package io.filewright.server;

import java.util.function.BooleanSupplier;

/// A look at the disk that somebody waits for.
///
/// @param target what is looked at
/// @param isForBody whether more is asked for than the head of the answer
/// @param isWanted whether somebody still waits for it; asked on any thread
record Look(RequestTarget target, boolean isForBody, BooleanSupplier isWanted) {}
