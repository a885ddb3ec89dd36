package io.filewright.command;

import java.util.HashMap;
import java.util.Map;

/// Writes reports: as JSON in the order in which the files were named, for people as they come.
final class ReportPrinter {

  private final Streams streams;
  private final OutputFormat format;
  private final Map<Integer, Report> early = new HashMap<>();
  private int next;
  private int failures;

  ReportPrinter(Streams streams, OutputFormat format) {
    this.streams = streams;
    this.format = format;
  }

  /// Takes the report on the n-th file.
  void print(int index, Report report) {
    switch (format) {
      case TEXT -> write(report);
      case JSON -> {
        early.put(index, report);
        for (Report due = early.remove(next); due != null; due = early.remove(next)) {
          next++;
          write(due);
        }
      }
    }
  }

  int failures() {
    return failures;
  }

  private void write(Report report) {
    if (report.failure().isPresent()) {
      failures++;
      streams.error(report.failure().get().details().message());
    }
    switch (format) {
      case TEXT -> report.lines().forEach(streams::line);
      case JSON -> streams.line(report.json().toString());
    }
  }
}
