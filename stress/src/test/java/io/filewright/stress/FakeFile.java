package io.filewright.stress;

import io.filewright.AsyncFileHandle;
import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.Unsupported;
import io.filewright.spi.Allocation;
import io.filewright.spi.Engine;
import io.filewright.spi.OpenedFile;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// An empty file in an engine without threads: the open ends when the test says so, and the rest of
/// the load runs on the thread that says it.
///
/// Proxies, so that only the methods which a load of such a file calls are spelled out.
final class FakeFile {

  private static final Path PATH = Path.of("fake");

  /// The file that this thread is opening. Whoever opens one loads it, so this thread allocates for
  /// it as well.
  private static final ThreadLocal<FakeFile> OPENING = new ThreadLocal<>();

  private static final ThreadLocal<FakeFile> LOADING = new ThreadLocal<>();
  private static final FileRuntime RUNTIME = runtime();

  private final CompletableFuture<OpenedFile> opened = new CompletableFuture<>();
  private final AtomicInteger held = new AtomicInteger();

  /// A handle which waits for [#open].
  AsyncFileHandle<MmapRegion> handle() {
    OPENING.set(this);
    return RUNTIME.open(PATH, OpenOptions.readOnly());
  }

  /// Ends the open, and does the rest of the load.
  void open() {
    held.incrementAndGet();
    LOADING.set(this);
    opened.complete(fake(OpenedFile.class, this::file));
  }

  /// Descriptors and allocations that are held.
  int held() {
    return held.get();
  }

  private static Object engine(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "name" -> "fake";
      case "pageSize" -> 4096;
      case "maxRegions" -> Integer.MAX_VALUE;
      case "open" -> OPENING.get().opened;
      case "blocking" -> (Executor) Runnable::run;
      case "allocate" -> LOADING.get().allocate();
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  private Object file(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "path" -> PATH;
      case "size" -> 0L;
      case "read" -> 0;
      case "close" -> held.decrementAndGet();
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  private Allocation allocate() {
    held.incrementAndGet();
    return fake(
        Allocation.class,
        (_, method, _) -> {
          if (method.getName().equals("close")) {
            return held.decrementAndGet();
          }
          throw new UnsupportedOperationException(method.toString());
        });
  }

  private static FileRuntime runtime() {
    try {
      return FileRuntime.builder()
          .engine(fake(Engine.class, FakeFile::engine))
          .callbackExecutor(Runnable::run)
          .build();
    } catch (Unsupported e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
