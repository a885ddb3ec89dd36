package io.filewright.cli;

import io.filewright.error.DataException;
import io.filewright.error.FailureDetails;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values were refused. The message is about the first of them; [#report] has all.
public final class ValidationFailed extends DataException {

  private static final long serialVersionUID = 1L;

  private final transient ValidationReport report;

  private ValidationFailed(
      FailureDetails details, ValidationReport report, @Nullable Throwable cause) {
    super(details, cause);
    this.report = report;
  }

  static ValidationFailed of(ValidationReport report) {
    return of(report, null);
  }

  static ValidationFailed of(ValidationReport report, @Nullable Throwable cause) {
    List<CheckedPath> errors = report.errors();
    CheckedPath first = errors.getFirst();
    Problem problem = first.problems().getFirst();
    long others = errors.stream().mapToLong(path -> path.problems().size()).sum() - 1;
    String more = others == 0 ? "" : " (and " + others + " more)";
    return new ValidationFailed(
        FailureDetails.of(
            first.path().orElse(Path.of("")),
            "validate " + first.argument().place().label(),
            problem.cause() + more,
            problem.remedy()),
        report,
        cause);
  }

  /// All values, the good ones too. Not serialized: empty in an exception that was.
  @SuppressWarnings("NullAway") // transient: null after deserialization
  public ValidationReport report() {
    return report == null ? new ValidationReport(List.of()) : report;
  }
}
