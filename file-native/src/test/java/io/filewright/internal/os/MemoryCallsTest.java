package io.filewright.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The binding itself: results and errno come back.
class MemoryCallsTest {

  private static final int EINVAL = 22;
  private static final int ENOMEM = 12;

  private final MemoryCalls calls = MemoryCalls.load();

  @Test
  void unalignedAddressIsRefusedByTheKernel() {
    assertThat(calls.madvise(4097, 4096, 0)).isEqualTo(-1);
    assertThat(MemoryCalls.lastErrno(calls)).isEqualTo(EINVAL);
  }

  @Test
  void unmappedAddressIsRefusedByTheKernel() {
    assertThat(calls.mincore(4096, 4096, 0)).isEqualTo(-1);
    assertThat(MemoryCalls.lastErrno(calls)).isEqualTo(ENOMEM);
  }

  @Test
  void limitsAndNamesComeFromTheSystem() {
    assertThat(Platform.current()).isInstanceOf(Platform.Supported.class);
    if (Platform.current() instanceof Platform.Supported(Os os)) {
      assertThat(os.pageSize()).isGreaterThanOrEqualTo(4096);
      assertThat(os.descriptorLimit()).isGreaterThan(16);
      assertThat(os.mappingLimit()).isGreaterThan(1024);
      assertThat(os.errnoName(ENOMEM)).isEqualTo("ENOMEM");
    }
  }
}
