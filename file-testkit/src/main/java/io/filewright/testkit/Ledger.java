package io.filewright.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/// What a [StrictEngine] has given out and not got back, and who broke its contract.
final class Ledger {

  private final Set<Entry> open = ConcurrentHashMap.newKeySet();
  private final List<String> breaches = new CopyOnWriteArrayList<>();

  Entry opened(String what) {
    var entry = new Entry(this, what);
    open.add(entry);
    return entry;
  }

  long openCount(String kind) {
    return open.stream().filter(entry -> entry.what.startsWith(kind)).count();
  }

  void assertNothingOpen() {
    var problems = new ArrayList<String>(breaches);
    AssertionError cause = null;
    for (Entry entry : open) {
      problems.add(entry.what + " was never closed");
      cause = entry.openedHere;
    }
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n", problems), cause);
    }
  }

  private IllegalStateException breach(String text) {
    breaches.add(text);
    return new IllegalStateException(text);
  }

  /// One thing that was given out. It keeps the stack that opened it.
  static final class Entry {
    private final Ledger ledger;
    private final String what;
    private final AssertionError openedHere;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Entry(Ledger ledger, String what) {
      this.ledger = ledger;
      this.what = what;
      this.openedHere = new AssertionError(what + " was opened here:");
    }

    void use(String operation) {
      if (closed.get()) {
        throw ledger.breach(operation + " on " + what + ", which is closed");
      }
    }

    void close() {
      if (!closed.compareAndSet(false, true)) {
        throw ledger.breach(what + " was closed twice");
      }
      ledger.open.remove(this);
    }
  }
}
