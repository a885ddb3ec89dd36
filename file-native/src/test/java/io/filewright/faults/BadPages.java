package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.faults.Outcome.Kind;
import java.nio.file.Path;
import java.util.List;

/// What has to become of [BadPageProgram].
final class BadPages {

  private static final List<String> BY_READING =
      List.of("read", "read.across", "readAsync", "asString", "checksum");
  private static final List<String> BY_LOADING = List.of("prefetch", "openSync.all", "open.all");
  private static final List<String> BY_TOUCHING = List.of("apply", "apply.again");

  private BadPages() {}

  /// @param errno what a read of a bad page fails with
  static void failsTyped(Child child, Path file, String errno) {
    assertThat(child.outcomes(Kind.ALIEN)).isEmpty();
    assertThat(child.last("good").kind()).isEqualTo(Kind.OK);
    assertThat(child.last("before.read").kind()).as("%s", child).isEqualTo(Kind.OK);
    BY_READING.forEach(operation -> deviceFailed(child.last(operation), file, errno));
    BY_LOADING.forEach(operation -> deviceFailed(child.last(operation), file, "EFAULT"));
    BY_TOUCHING.forEach(operation -> deviceFailed(child.last(operation), file, ""));
    assertThat(child.number("faults")).isGreaterThanOrEqualTo(BY_TOUCHING.size());
  }

  static void holdsNothing(Child child) {
    for (var held : List.of("activeRegions", "openDescriptors", "leakedRegions", "reservedBytes")) {
      assertThat(child.number(held)).as("%s of %s", held, child).isZero();
    }
    for (var held : List.of("descriptors", "mappings", "failedCloses")) {
      assertThat(child.number(held)).as("%s of %s", held, child).isZero();
    }
  }

  private static void deviceFailed(Outcome outcome, Path file, String errno) {
    assertThat(outcome.type()).as("%s", outcome).isEqualTo("DeviceFailed");
    assertThat(outcome.errno()).as("%s", outcome).isEqualTo(errno);
    assertThat(outcome.path()).isEqualTo(file.toString());
  }
}
