package io.filewright.internal.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.DeviceFailed;
import io.filewright.internal.os.Os;
import io.filewright.internal.os.Platform;
import io.filewright.internal.threads.WorkerThreads;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.EngineSettings;
import io.filewright.spi.LoadListener;
import io.filewright.spi.MapRequest;
import io.filewright.spi.OpenRequest;
import io.filewright.testkit.TestFiles;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that is truncated while its pages are brought in, and restored before anybody looks.
class RestoredFileTest {

  private static final int SIZE = 100_000;

  @TempDir private Path folder;

  @Test
  void theFailureOfALoadNamesBothCauses() throws Exception {
    Path path = TestFiles.in(folder).patterned(SIZE);
    Os os = truncatingDuringLoads(path);
    var threads = new WorkerThreads(new EngineSettings(1, 0, 1));
    var request = OpenRequest.forReading(path);
    try (var file = NativeFile.open(os, new Errnos(os), request, new ThreadWork(threads));
        var mapping = file.map(MapRequest.forReading(0, SIZE))) {
      assertThatThrownBy(() -> mapping.populate(0, SIZE, LoadListener.NONE))
          .isInstanceOf(DeviceFailed.class)
          .hasMessage(
              ("[%s] load(offset=0, size=100000): the device could not deliver the pages (EFAULT)."
                      + " Check the disk and the kernel log; or something truncated the file and"
                      + " restored it meanwhile.")
                  .formatted(path));
    } finally {
      threads.close();
    }
  }

  /// The real system, but for a file that is gone for the time of each call that loads pages.
  private static Os truncatingDuringLoads(Path path) {
    assertThat(Platform.current()).isInstanceOf(Platform.Supported.class);
    Os real = ((Platform.Supported) Platform.current()).os();
    return (Os)
        Proxy.newProxyInstance(
            Os.class.getClassLoader(),
            new Class<?>[] {Os.class},
            (_, method, arguments) -> {
              boolean loads =
                  method.getName().equals("adviseMemory") && arguments[2] == CacheAdvice.POPULATE;
              if (!loads) {
                return method.invoke(real, arguments);
              }
              TestFiles.resize(path, 0);
              Object result = method.invoke(real, arguments);
              TestFiles.resize(path, SIZE);
              return result;
            });
  }
}
