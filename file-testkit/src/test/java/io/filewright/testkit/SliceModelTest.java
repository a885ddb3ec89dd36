package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// A slice of a slice of a slice shows what the copies of the ranges of an array show, in every way
/// of reading, whether the regions before it are open or closed.
class SliceModelTest {

  private static final Path FILE = Path.of("/strict/file");

  @Property(tries = 500)
  void slicesOfSlicesAreRangesOfRanges(
      @ForAll @IntRange(max = 10_000) int size,
      @ForAll @Size(max = 5) List<@IntRange(max = 10_000) Integer> cuts,
      @ForAll boolean closeEarly)
      throws Exception {
    var engine = StrictEngine.create().withFile(FILE, TestFiles.pattern(size));
    try (var runtime = FileRuntime.builder().engine(engine).build()) {
      var options = OpenOptions.readOnly().withPrefault(Prefault.NONE);
      MmapRegion region = runtime.openSync(FILE, options);
      byte[] model = TestFiles.pattern(size);
      long offset = 0;
      var open = new ArrayList<MmapRegion>();
      open.add(region);
      for (int cut : cuts) {
        int from = cut % (model.length + 1);
        int to = from + (cut / 3) % (model.length - from + 1);
        MmapRegion slice = region.slice(from, to);
        if (closeEarly) {
          region.close();
        }
        model = Arrays.copyOfRange(model, from, to);
        offset += from;
        region = slice;
        open.add(slice);
        assertSame(region, model, offset);
      }
      assertThat(runtime.stats().activeRegions()).isEqualTo(1);
      open.forEach(MmapRegion::close);
      assertThat(runtime.stats().activeRegions()).isZero();
    }
    engine.assertNothingOpen();
  }

  private static void assertSame(MmapRegion region, byte[] model, long offset) throws Exception {
    assertThat(region.byteSize()).isEqualTo(model.length);
    assertThat(region.fileOffset()).isEqualTo(offset);
    assertThat(region.toByteArray()).isEqualTo(model);
    assertThat(region.<byte[]>apply(memory -> memory.toArray(ValueLayout.JAVA_BYTE)))
        .isEqualTo(model);
    assertThat(region.<Long>apply(MemorySegment.ofArray(model)::mismatch)).isEqualTo(-1);
    assertThat(region.indexOf(model, 0)).isZero();
  }
}
