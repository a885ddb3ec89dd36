package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How many ways to fail are tried: system call, errno, once or from then on, kind of region.
class FaultCellsTest {

  @Test
  void areManyForEveryKindOfRegion() throws Exception {
    List<String> readOnly = Cell.all().map(Cell::toString).toList();
    var writable = new ArrayList<String>();
    var copyOnWrite = new ArrayList<String>();
    WriteFaultsTest.cells()
        .forEach(cell -> (cell.isPrivate() ? copyOnWrite : writable).add(cell.toString()));
    List<String> replaced =
        ReplaceFaultsTest.cells().map(ReplaceFaultsTest.ReplaceCell::toString).toList();

    System.out.printf(
        "fault cells: %d read-only, %d writable, %d copy-on-write, %d of AtomicFile%n",
        readOnly.size(), writable.size(), copyOnWrite.size(), replaced.size());
    assertThat(readOnly).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    assertThat(writable).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    assertThat(copyOnWrite).hasSizeGreaterThanOrEqualTo(25).doesNotHaveDuplicates();
    assertThat(replaced).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    for (List<String> cells : List.of(writable, copyOnWrite)) {
      assertThat(cells).anyMatch(cell -> cell.endsWith(" 1")).anyMatch(cell -> cell.endsWith("1+"));
    }
  }
}
