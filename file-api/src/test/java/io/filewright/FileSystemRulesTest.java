package io.filewright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.Unsupported;
import io.filewright.spi.FileSystemType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSystemRulesTest {

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "0x12345"})
  void filesOfThisMachineAreTreatedAsEver(String name) throws Exception {
    var rules = rules(name);
    assertThat(rules.copyBytes()).isEqualTo(64 << 10);
    assertThat(rules.reason()).isEmpty();
    rules.checkLease(Path.of("file"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nfs", "cifs", "ceph", "9p", "fuse", "fuse.sshfs"})
  void distantFilesAreCopiedAsFarAsTheyAreReadAnyway(String name) {
    var rules = rules(name);
    assertThat(rules.copyBytes()).isEqualTo(Prefault.SMALL_BYTES);
    assertThat(rules.copyBytes()).isEqualTo(Prefault.AUTO.bytesOf(rules.copyBytes()));
    assertThat(rules.reason()).hasValueSatisfying(reason -> assertThat(reason).contains(name));
  }

  @Test
  void aLeaseThatProtectsFromNothingIsRefused() {
    assertThatThrownBy(() -> rules("nfs").checkLease(Path.of("file")))
        .isInstanceOf(Unsupported.class)
        .hasMessage(
            "[file] lease: other machines change files of nfs without asking this kernel. Use"
                + " Guard.SNAPSHOT.");
    for (String name : new String[] {"fuse", "proc", "sysfs"}) {
      assertThatThrownBy(() -> rules(name).checkLease(Path.of("file")))
          .isInstanceOf(Unsupported.class);
    }
  }

  private static FileSystemRules rules(String name) {
    return new FileSystemRules(FileSystemType.named(name));
  }
}
