package io.filewright.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerMemoryTest {

  private static final String V2 =
      "29 25 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate";
  private static final String V1 =
      "35 28 0:31 / /sys/fs/cgroup/memory rw,nosuid shared:14 - cgroup cgroup rw,memory";

  @TempDir Path root;

  @BeforeEach
  void machine() throws IOException {
    put("proc/meminfo", "MemTotal:       1000 kB\nMemFree: 5 kB");
  }

  @Test
  void withoutGroupsTheMachineIsTheLimit() {
    assertThat(limit()).isEqualTo(1000 << 10);
  }

  @Test
  void theSmallestLimitOnTheWayUpCountsInVersion2() throws IOException {
    put("proc/self/mountinfo", V2);
    put("proc/self/cgroup", "0::/a/b");
    put("sys/fs/cgroup/a/b/memory.max", "max");
    put("sys/fs/cgroup/a/memory.max", "500000");
    assertThat(limit()).isEqualTo(500_000);

    put("sys/fs/cgroup/a/b/memory.max", "400000");
    assertThat(limit()).isEqualTo(400_000);
  }

  @Test
  void theSmallestLimitOnTheWayUpCountsInVersion1() throws IOException {
    put("proc/self/mountinfo", V1);
    put("proc/self/cgroup", "5:cpu,cpuacct:/c\n4:memory:/a/b\n0::/");
    put("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    put("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "300000");
    put("sys/fs/cgroup/memory/a/b/memory.limit_in_bytes", "600000");
    assertThat(limit()).isEqualTo(300_000);
  }

  @Test
  void insideAContainerTheMountShowsOnlyItsOwnPart() throws IOException {
    put("proc/self/mountinfo", V1.replace("0:31 / ", "0:31 /docker/abc "));
    put("proc/self/cgroup", "4:memory:/docker/abc/inner");
    put("sys/fs/cgroup/memory/memory.limit_in_bytes", "200000");
    put("sys/fs/cgroup/memory/inner/memory.limit_in_bytes", "9223372036854771712");
    assertThat(limit()).isEqualTo(200_000);
  }

  @Test
  void aGroupThatTheMountDoesNotShowIsLimitedByWhatItShows() throws IOException {
    put("proc/self/mountinfo", V2);
    put("proc/self/cgroup", "0::/../elsewhere");
    put("sys/fs/cgroup/memory.max", "100000");
    assertThat(limit()).isEqualTo(100_000);
  }

  @Test
  void thisMachineHasALimit() {
    assertThat(ContainerMemory.ofThisProcess().limitBytes()).isBetween(64L << 20, 1L << 50);
    assertThat(MemoryBudget.ofContainer(0.25).limitBytes())
        .isGreaterThanOrEqualTo(MemoryBudget.LEAST_CONTAINER_BYTES);
  }

  private long limit() {
    return new ContainerMemory(root).limitBytes();
  }

  private void put(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content + "\n");
  }
}
