package io.filewright.internal.ring;

import io.filewright.internal.map.Errnos;
import io.filewright.internal.map.FileWork;
import io.filewright.internal.os.Os;
import io.filewright.internal.threads.WorkerThreads;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.OpenedFile;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Opens files by a ring, so many at a time.
final class Opener {

  /// Opens that the kernel has at the same time: those which hang on a dead network disk leave room
  /// for loads. More wait.
  static final int MOST_OPENS = 64;

  /// What an opening works with.
  record Tools(
      Ring ring, Os os, Errnos errnos, FileWork work, WorkerThreads threads, Places places) {

    Tools(Ring ring, Os os, FileWork work, WorkerThreads threads) {
      this(ring, os, new Errnos(os), work, threads, new Places());
    }
  }

  private final Tools tools;
  private final Queue<Opening> waiting = new ConcurrentLinkedQueue<>();

  // The rest belongs to the loop's thread.
  private final ArrayDeque<OpenMemory> stock = new ArrayDeque<>();
  private int underWay;

  Opener(Tools tools) {
    this.tools = tools;
  }

  /// Opens a file.
  ///
  /// @param wanted asked when it begins
  /// @param elsewhere opens it if the ring does not
  CompletionStage<OpenedFile> open(
      OpenRequest request,
      BooleanSupplier wanted,
      Supplier<CompletionStage<OpenedFile>> elsewhere) {
    var opening = new Opening(this, tools, request, wanted, elsewhere);
    tools.ring().arrive(() -> begin(opening));
    return opening.result();
  }

  private void begin(Opening opening) {
    if (!tools.ring().isUsable()) {
      opening.goElsewhere();
    } else if (underWay == MOST_OPENS) {
      waiting.add(opening);
    } else {
      underWay++;
      opening.begin(stock.isEmpty() ? new OpenMemory(tools.os()) : stock.pop());
    }
  }

  /// The kernel does not work with this memory any more.
  ///
  /// Only a broken ring's operations end on other threads. Their memory is lost: nobody can tell
  /// what the kernel still does with it.
  void landed(OpenMemory memory) {
    if (tools.ring().isOnLoop()) {
      underWay--;
      if (tools.ring().isUsable()) {
        stock.push(memory);
      } else {
        memory.free();
        stock.forEach(OpenMemory::free);
        stock.clear();
      }
    }
    while (underWay < MOST_OPENS || !tools.ring().isUsable()) {
      Opening next = waiting.poll();
      if (next == null) {
        return;
      }
      begin(next);
    }
  }
}
