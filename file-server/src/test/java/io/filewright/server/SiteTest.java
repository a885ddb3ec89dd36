package io.filewright.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.filewright.FileRuntime;
import io.filewright.testkit.FaultyEngine;
import io.filewright.testkit.SpiCall;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SiteTest {

  private static final RequestTarget ROOT = new RequestTarget(List.of(), true);

  @TempDir private Path root;
  private FileRuntime plain = FileRuntime.shared();
  private FileRuntime runtime = plain;
  private FaultyEngine engine = FaultyEngine.over(plain.engine());

  @BeforeEach
  @SuppressWarnings("MustBeClosed") // below
  void start() throws IOException {
    plain = FileRuntime.builder().build();
    engine = FaultyEngine.over(plain.engine());
    runtime = FileRuntime.builder().engine(engine).callbackExecutor(Runnable::run).build();
    for (int i = 0; i < 20; i++) {
      Files.writeString(root.resolve("file-" + i), "content");
    }
  }

  @AfterEach
  void close() {
    runtime.close();
    plain.close();
  }

  @Test
  void aNameThatTheSystemCannotWriteIsNotFound() throws Exception {
    String loneSurrogate = "\ud800";
    try (var site = new Site(runtime, root, 1 << 20)) {
      for (boolean isDirectory : new boolean[] {true, false}) {
        var target = new RequestTarget(List.of(loneSurrogate), isDirectory);
        assertThat(site.look(new Look(target, true, () -> true)))
            .isEqualTo(new Answer.Refused(HttpResponseStatus.NOT_FOUND));
      }
    }
  }

  @Test
  void aLookAfterTheCloseIsRefused() throws Exception {
    var site = new Site(runtime, root, 1 << 20);
    site.close();
    assertThat(site.look(new Look(new RequestTarget(List.of("a"), false), true, () -> true)))
        .isEqualTo(new Answer.Refused(HttpResponseStatus.SERVICE_UNAVAILABLE));
  }

  @Test
  void theHeadOfADirectoryOpensNoneOfItsFiles() throws Exception {
    try (var site = new Site(runtime, root, 1 << 20)) {
      assertThat(site.look(new Look(ROOT, false, () -> true)))
          .isEqualTo(new Answer.Page(Optional.empty()));
      assertThat(engine.count(SpiCall.OPEN)).isOne(); // its index
      var missing = new RequestTarget(List.of("missing"), true);
      assertThat(site.look(new Look(missing, false, () -> true)))
          .isEqualTo(new Answer.Refused(HttpResponseStatus.NOT_FOUND));
    }
  }

  /// Not by way of a directory, as root may read them all.
  @Test
  void whatMayNotBeReadIsNotFound() {
    assertThat(Site.status(new AccessDeniedException("directory")))
        .isEqualTo(HttpResponseStatus.NOT_FOUND);
  }

  @Test
  void aListingHasOnlyWhatIsServed() throws Exception {
    String script = "cd '" + root + "'; printf x > \"$(printf 'caf\\351')\"; printf x > 'a\\b'";
    var shell = new ProcessBuilder("sh", "-c", script + "; printf x > \"$(printf 'c\\001')\"");
    assertThat(shell.inheritIO().start().waitFor()).isZero();
    assertThat(Listing.of(plain, root, "", () -> true).entries())
        .hasSize(20)
        .allMatch(entry -> entry.name().startsWith("file-"));
  }

  @Test
  void aListingThatNobodyWantsAnyMoreEnds() throws Exception {
    var wanted = new Semaphore(5);
    try (var site = new Site(runtime, root, 1 << 20)) {
      assertThat(site.look(new Look(ROOT, true, wanted::tryAcquire)))
          .asInstanceOf(type(Answer.Page.class))
          .satisfies(page -> assertThat(page.html().orElseThrow()).contains(">5 of more entries"));
      assertThat(engine.count(SpiCall.OPEN)).isEqualTo(1 + 5);
    }
  }

  @Test
  void noMoreDirectoriesAreListedAtATimeThanItSays() throws Exception {
    var inside = new Semaphore(0);
    var end = new CountDownLatch(1);
    BooleanSupplier stop =
        () -> {
          inside.release();
          try {
            var _ = end.await(30, TimeUnit.SECONDS);
            return false;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (var site = new Site(runtime, root, 1 << 20);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2 * Site.MOST_LISTINGS; i++) {
        var _ = threads.submit(() -> site.look(new Look(ROOT, true, stop)));
      }
      assertThat(inside.tryAcquire(Site.MOST_LISTINGS, 20, TimeUnit.SECONDS)).isTrue();
      assertThat(inside.tryAcquire(500, TimeUnit.MILLISECONDS)).isFalse();
      end.countDown();
      assertThat(inside.tryAcquire(Site.MOST_LISTINGS, 20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aListingInARuntimeThatIsBeingClosedLacksWhatIsInMemory() throws Exception {
    BooleanSupplier close =
        () -> {
          runtime.close();
          return true;
        };
    assertThat(Listing.of(runtime, root, "", close).entries())
        .hasSize(20)
        .allMatch(entry -> entry.residency().isEmpty());
  }
}
