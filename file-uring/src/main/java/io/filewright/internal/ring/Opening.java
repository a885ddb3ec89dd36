package io.filewright.internal.ring;

import io.filewright.error.Cancelled;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.internal.map.FileWork;
import io.filewright.internal.map.NativeFile;
import io.filewright.internal.map.ThreadWork;
import io.filewright.internal.os.FileStatus;
import io.filewright.internal.os.OpenCall;
import io.filewright.internal.os.Statx;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedFile;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A file on its way: OPENAT, then a look at the descriptor, to see that it is a regular file.
/// STATX is for file systems that may have to ask somebody else.
final class Opening {

  private static final int AT_FDCWD = -100;
  private static final int OPEN_HOW_BYTES = 24;

  private final Opener opener;
  private final Opener.Tools tools;
  private final OpenRequest request;
  private final OpenCall call;
  private final BooleanSupplier wanted;
  private final Supplier<CompletionStage<OpenedFile>> elsewhere;
  private final CompletableFuture<OpenedFile> done = new CompletableFuture<>();
  private @Nullable OpenMemory memory;

  Opening(
      Opener opener,
      Opener.Tools tools,
      OpenRequest request,
      BooleanSupplier wanted,
      Supplier<CompletionStage<OpenedFile>> elsewhere) {
    this.opener = opener;
    this.tools = tools;
    this.request = request;
    this.call = OpenCall.of(request);
    this.wanted = wanted;
    this.elsewhere = elsewhere;
  }

  CompletionStage<OpenedFile> result() {
    return done;
  }

  void begin(OpenMemory lent) {
    memory = lent;
    if (!wanted.getAsBoolean()) {
      opener.landed(lent);
      done.completeExceptionally(
          new Cancelled(
              FailureDetails.of(
                  request.path(),
                  "open",
                  "nobody waits for it any more",
                  "Open the file again if it is still needed")));
      return;
    }
    lent.set(call);
    var open =
        call.resolve() == 0
            ? new Operation.Call(
                Operation.OPENAT, AT_FDCWD, 0, lent.path(), call.mode(), call.flags())
            : new Operation.Call(
                Operation.OPENAT2, AT_FDCWD, lent.how(), lent.path(), OPEN_HOW_BYTES, 0);
    tools.ring().submit(Operation.repeatable(open, this, this::opened));
  }

  /// Lets threads do it.
  void goElsewhere() {
    CompletionStage<OpenedFile> stage;
    try {
      stage = elsewhere.get();
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
      return;
    }
    Results.pass(stage, done);
  }

  private void opened(int result) {
    OpenMemory lent = Objects.requireNonNull(memory);
    if (result < 0) {
      opener.landed(lent);
      if (result == Operation.NOT_DONE) {
        goElsewhere();
      } else {
        done.completeExceptionally(tools.errnos().failure(request.path(), "open", result));
      }
      return;
    }
    // The kernel hands each STATX to a thread of its own, which takes as long as all else. What it
    // knows without asking anybody is right for a file system of this machine.
    if (lent.askStatx(result) == 0 && tools.places().isKnownAsLocal(lent.status().device())) {
      known(result, 0);
      return;
    }
    var statx =
        new Operation.Call(
            Operation.STATX,
            result,
            lent.statx(),
            lent.emptyPath(),
            Statx.MASK,
            Statx.OF_DESCRIPTOR);
    tools.ring().submit(Operation.repeatable(statx, this, asked -> known(result, asked)));
  }

  private void known(int descriptor, int asked) {
    OpenMemory lent = Objects.requireNonNull(memory);
    FileStatus status = lent.status();
    opener.landed(lent);
    if (asked == Operation.NOT_DONE) {
      Results.pass(tools.threads().open(() -> onThread(descriptor)), done);
    } else if (asked < 0 || tools.places().isKnownAsLocal(status.device())) {
      Results.settle(done, () -> file(descriptor, asked, status, tools.work()));
    } else {
      Results.pass(tools.threads().open(() -> placed(descriptor, status)), done);
    }
  }

  private OpenedFile onThread(int descriptor) throws FileException {
    var status = new FileStatus();
    int asked = tools.os().status(descriptor, status);
    return file(descriptor, asked, status, new ThreadWork(tools.threads()));
  }

  /// Asks which file system it is, which may hang.
  private OpenedFile placed(int descriptor, FileStatus status) throws FileException {
    NativeFile file = file(descriptor, 0, status, tools.work());
    return tools.places().isLocal(file, status.device())
        ? file
        : file(descriptor, 0, status, new ThreadWork(tools.threads()));
  }

  private NativeFile file(int descriptor, int asked, FileStatus status, FileWork work)
      throws FileException {
    return NativeFile.opened(
        tools.os(), tools.errnos(), request.path(), descriptor, asked, status, work);
  }
}
