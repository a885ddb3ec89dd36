package io.filewright.internal.threads;

import io.filewright.error.FileException;
import io.filewright.spi.Allocation;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedDirectory;
import io.filewright.spi.OpenedFile;

/// Opens files with calls that may block: what differs from one threaded engine to the next.
public interface BlockingOpener {

  int pageSize();

  int maxRegions();

  /// Memory for a copy, see [io.filewright.spi.Engine#allocate].
  Allocation allocate(long byteSize);

  /// Opens a file on the calling thread.
  ///
  /// @param threads where the file and its mappings do their asynchronous work
  OpenedFile open(OpenRequest request, WorkerThreads threads) throws FileException;

  /// Opens a directory on the calling thread, see [io.filewright.spi.Engine#openDirectory].
  OpenedDirectory openDirectory(OpenRequest request) throws FileException;
}
