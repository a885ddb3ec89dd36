package io.filewright.stream;

import io.filewright.error.FileException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What comes of batches, in their order, while they are being processed.
///
/// One thread asks for results; any thread may cancel or close. As long as nobody asks, a bounded
/// number of results is computed ahead (three for each worker), and then the workers wait. So it
/// has to be closed, unless it has come to its end.
///
/// The first batch in order that fails ends it: the results before are delivered, then the failure
/// is thrown, and what stands behind it is not begun any more.
///
/// @param <R> a result
public final class Results<R> implements AutoCloseable {

  private final StreamRun<R> run;

  /// What is told to who asks behind the end; touched by the thread that asks.
  private boolean ended;

  private @Nullable Throwable failure;

  Results(StreamRun<R> run) {
    this.run = run;
  }

  /// The next result; empty at the end. The end, or the failure, is told again to who asks again.
  ///
  /// @throws ProcessingFailed if the function threw something that is no [FileException]; that one
  ///   it throws as it is
  /// @throws io.filewright.error.Cancelled if it was cancelled or closed
  /// @throws InterruptedException if the thread is interrupted; it may ask again
  public Optional<R> next() throws FileException, InterruptedException {
    return Optional.ofNullable(nextOrNull());
  }

  /// The same; null at the end.
  @Nullable R nextOrNull() throws FileException, InterruptedException {
    if (failure != null) {
      throw rethrown(failure);
    }
    if (ended) {
      return null;
    }
    boolean goesOn = false;
    try {
      R next = run.next();
      goesOn = next != null;
      ended = !goesOn;
      return next;
    } catch (InterruptedException e) {
      goesOn = true;
      throw e;
    } catch (FileException | RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      if (!goesOn) {
        run.close();
      }
    }
  }

  /// The failure, to be thrown, if it is a [FileException]; others are thrown here.
  static FileException rethrown(Throwable failure) {
    return switch (failure) {
      case FileException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError("nothing else is thrown there", failure);
    };
  }

  /// Gives each result to a consumer, and closes this.
  public void forEach(Consumer<? super R> consumer) throws FileException, InterruptedException {
    try (this) {
      for (var result = next(); result.isPresent(); result = next()) {
        consumer.accept(result.get());
      }
    }
  }

  /// All results that are left; closes this.
  public List<R> toList() throws FileException, InterruptedException {
    List<R> list = new ArrayList<>();
    forEach(list::add);
    return list;
  }

  /// The results as a stream; closing it closes this. Failures are [UncheckedIOException]s with a
  /// [FileException] inside. An interrupt is one with a [io.filewright.error.Cancelled], and the
  /// thread's status stays set.
  public Stream<R> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                new ResultIterator(), Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(this::close);
  }

  /// Has no more work begun, and who waits for a result gets
  /// [Cancelled][io.filewright.error.Cancelled]. Any thread; does not wait, and leaves closing to
  /// the owner.
  ///
  /// With one worker, who waits for a result works on it: that thread is interrupted, and gets
  /// Cancelled as soon as what it waits for or works on has ended.
  public void cancel() {
    run.cancel();
  }

  /// Ends all of it: when this returns, there is no thread of the run, and its memory has been
  /// given back. Workers are interrupted, for those that wait; a batch that is being read or worked
  /// on is waited for, with one worker too. Any thread; idempotent. Called by the function itself,
  /// it does not wait, and what it promises comes true when the last worker ends.
  @Override
  public void close() {
    run.close();
  }

  private final class ResultIterator implements Iterator<R> {

    private Optional<R> next = Optional.empty();
    private boolean ended;

    @Override
    public boolean hasNext() {
      if (next.isEmpty() && !ended) {
        next = ask();
        ended = next.isEmpty();
      }
      return next.isPresent();
    }

    @Override
    public R next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      R result = next.orElseThrow();
      next = Optional.empty();
      return result;
    }

    private Optional<R> ask() {
      try {
        return Results.this.next();
      } catch (FileException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(BatchWork.cancelled());
      }
    }
  }
}
