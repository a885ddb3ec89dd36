package io.filewright.internal.load;

import io.filewright.error.FileException;
import io.filewright.internal.map.Errnos;
import io.filewright.internal.map.NativeAllocation;
import io.filewright.internal.map.NativeDirectory;
import io.filewright.internal.map.NativeFile;
import io.filewright.internal.map.ThreadWork;
import io.filewright.internal.os.Os;
import io.filewright.internal.threads.BlockingOpener;
import io.filewright.internal.threads.WorkerThreads;
import io.filewright.spi.Allocation;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedDirectory;
import io.filewright.spi.OpenedFile;

/// Opens files by system calls.
public final class PopulateOpener implements BlockingOpener {

  /// Reaching the kernel's limit on mappings (65,530 by default) can kill the JVM, which needs some
  /// itself; half of it is far enough away.
  private static final long MOST_REGIONS = 32_000;

  private final Os os;
  private final Errnos errnos;

  public PopulateOpener(Os os) {
    this.os = os;
    this.errnos = new Errnos(os);
  }

  @Override
  public int pageSize() {
    return os.pageSize();
  }

  @Override
  public int maxRegions() {
    long byDescriptors = os.descriptorLimit() / 2;
    long byMappings = os.mappingLimit() / 2;
    return (int) Math.min(MOST_REGIONS, Math.min(byDescriptors, byMappings));
  }

  @Override
  public Allocation allocate(long byteSize) {
    return new NativeAllocation(os, byteSize);
  }

  @Override
  public OpenedFile open(OpenRequest request, WorkerThreads threads) throws FileException {
    return NativeFile.open(os, errnos, request, new ThreadWork(threads));
  }

  @Override
  public OpenedDirectory openDirectory(OpenRequest request) throws FileException {
    return NativeDirectory.open(os, errnos, request);
  }
}
