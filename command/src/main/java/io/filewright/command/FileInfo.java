package io.filewright.command;

import io.filewright.FileRuntime;
import io.filewright.FileSupport;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// What `filewright info FILE` says: where the file lies, and what can be done with it there.
record FileInfo(FileRuntime runtime) {

  Report of(Path path) throws InterruptedException {
    try {
      return report(runtime.support(path).get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FileException failure) {
        return Report.failure(new JsonObject().put("path", path.toString()), failure);
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Report report(FileSupport support) {
    var json =
        new JsonObject()
            .put("path", support.path().toString())
            .put("engine", runtime.engineName())
            .put("fileSystem", support.fileSystem().name())
            .put("kind", support.fileSystem().kind().name())
            .put("rule", support.rule().orElse(null))
            .put("mapping", json(support.mapping()))
            .put("lease", json(support.lease()))
            .put("reflink", json(support.reflink()));
    String kind = support.fileSystem().kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Report.success(
        json,
        FailureDetails.printable(support.path()),
        "file system      " + FailureDetails.printable(support.fileSystem().name()) + ", " + kind,
        "rule             " + support.rule().orElse("none"),
        "mapping          " + text(support.mapping()),
        "kernel lease     " + text(support.lease()),
        "reflink          " + text(support.reflink()));
  }

  private static JsonObject json(Optional<FileException> failure) {
    return new JsonObject()
        .put("possible", failure.isEmpty())
        .put("reason", failure.map(FileInfo::reason).orElse(null));
  }

  private static String text(Optional<FileException> failure) {
    return failure.map(e -> "no: " + reason(e)).orElse("yes");
  }

  private static String reason(FileException failure) {
    return FailureDetails.printable(failure.details().cause())
        + failure.details().errno().map(errno -> " (" + errno.name() + ")").orElse("");
  }
}
