package io.filewright.command;

import java.util.concurrent.CompletionStage;

/// What a command does with each file.
@FunctionalInterface
interface FileTask {

  /// Begins, and returns without waiting.
  ///
  /// @return completes with what came of it; also a failure of the file is a report
  CompletionStage<Report> begin(Job job);
}
