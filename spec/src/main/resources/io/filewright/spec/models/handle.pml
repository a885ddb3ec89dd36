/*
 * A handle on its way, instruction by instruction: AsyncFileHandle, with the part of Loader that
 * ends it, and the future that waiters sleep on.
 *
 *   waiter      start; then looks at the future, queues, looks again, sleeps     two of them
 *   loader      opens or fails to; maps; reports a chunk; makes it ready
 *   canceller   cancel, or nothing                                              (also: a timeout)
 *   closer      close, or nothing
 *
 * A compare-and-set is one step; the look before it is another. Every interleaving is tried.
 *
 * Asserted: Ready and Failed never change; a mapping that is over is never handed out; when all
 * threads are through, the handle has ended, its future and `released` are complete, and a mapping
 * is there only if the handle is Ready and nobody has closed it. A waiter that sleeps for ever is
 * an invalid end state. No run goes round in a circle (no non-progress cycle), so every handle ends
 * and every waiter comes back.
 *
 * Bounds: one handle, the five threads below, one chunk of progress; circles, and most mistakes,
 * are looked for with one waiter (-DSMALL).
 * Not in it: memory models, interrupts, a system call that never returns.
 *
 * Planted mistakes, by -D:
 *   planted: CANCEL_WITHOUT_CAS
 *   planted: READY_WITHOUT_CAS
 *   planted: READY_DOES_NOT_SETTLE
 *   planted: FAILED_OPEN_IS_SILENT
 *   planted: LOSER_KEEPS_MAPPING
 *   planted: CLOSE_ONLY_CANCELS
 *   planted: CANCELLED_BEFORE_START_IS_NOT_RELEASED
 *   planted: WAITER_SLEEPS_WITHOUT_LOOKING_AGAIN
 *   planted among all: SETTLE_WAKES_ONE
 */
#define PENDING 0
#define LOADING 1
#define CHUNK   2       /* another Loading object, so that compare-and-set can tell */
#define READY   3
#define FAILED  4

#define isEnded(s) (s >= READY)

#ifdef SMALL
#define WAITERS 1
#else
#define WAITERS 2
#endif
#define THREADS (WAITERS + 3)

byte state = PENDING;
bool settled, released, closed, started;
bool wasLoading;        /* whoever made it so is about to start the loader */
bool mapped, unmapped;
bool queued[WAITERS], permit[WAITERS];
byte through = 0;

/* AtomicReference.compareAndSet(seen, next) */
inline compareAndSet(next) {
  d_step {
    won = (state == seen);
    if
    :: won -> assert(!isEnded(state)); state = next; wasLoading = wasLoading || next == LOADING
    :: else
    fi
  }
}

/* AsyncFileHandle.settle: completing the future wakes whoever is in its queue. */
inline settle() {
  settled = true;
#ifdef SETTLE_WAKES_ONE
  permit[0] = permit[0] || queued[0]
#else
  d_step {
    permit[0] = permit[0] || queued[0];
    permit[WAITERS - 1] = permit[WAITERS - 1] || queued[WAITERS - 1]
  }
#endif
}

/* AsyncFileHandle.fail; sets `won`. */
inline fail() {
  won = false;
  do
  :: seen = state;
     if
     :: isEnded(seen) -> break
     :: else ->
#ifdef CANCEL_WITHOUT_CAS
        d_step { assert(!isEnded(state)); state = FAILED; won = true };
#else
        compareAndSet(FAILED);
#endif
        if
        :: won ->
           settle();
#ifndef CANCELLED_BEFORE_START_IS_NOT_RELEASED
           if
           :: seen == PENDING -> released = true
           :: else
           fi;
#endif
           break
        :: else
        fi
     fi
  od
}

/* MmapRegion.close */
inline unmap() { unmapped = true }

proctype waiter(byte me) {
  byte seen; bool won;
  /* start; the second one finds it started, or starts so late that it is over */
  if
  :: me == 0 -> seen = state
  :: me != 0 -> (wasLoading || isEnded(state)); seen = LOADING
  fi;
  if
  :: seen == PENDING ->
     compareAndSet(LOADING);
     if
     :: won -> started = true                     /* Loader.load */
     :: else
     fi
  :: else
  fi;
  /* CompletableFuture.get */
  if
  :: settled
  :: !settled ->
     queued[me] = true;
#ifndef WAITER_SLEEPS_WITHOUT_LOOKING_AGAIN
     if
     :: settled
     :: !settled -> permit[me]
     fi
#else
     permit[me]
#endif
  fi;
  assert(isEnded(state));
  assert(closed || state != READY || !unmapped);
  through++
}

proctype loader() {
  byte seen; bool won;
  if
  :: started
  :: isEnded(state) && !wasLoading -> goto over   /* it will never be started */
  fi;
  if
  :: true ->                                      /* it cannot be opened */
#ifndef FAILED_OPEN_IS_SILENT
     fail();
#endif
     released = true
  :: true ->
     mapped = true;
     seen = state;
     if
     :: !isEnded(seen) -> compareAndSet(CHUNK)    /* AsyncFileHandle.loaded */
     :: else -> won = false
     fi;
     if
     :: won ->
        seen = state;                             /* AsyncFileHandle.ready */
        if
        :: !isEnded(seen) ->
#ifdef READY_WITHOUT_CAS
           d_step { assert(!isEnded(state)); state = READY; won = true }
#else
           compareAndSet(READY)
#endif
        :: else -> won = false
        fi
     :: else
     fi;
     if
#ifndef READY_DOES_NOT_SETTLE
     :: won -> settle()
#else
     :: won
#endif
     :: else ->
#ifndef LOSER_KEEPS_MAPPING
        unmap();
#endif
        fail()                                    /* Loader.failed; ended already */
     fi;
     released = true
  fi;
over:
  through++
}

proctype canceller() {
  byte seen; bool won;
  if
  :: true -> fail()
  :: true
  fi;
  through++
}

proctype closer() {
  byte seen; bool won;
  if
  :: true ->
     closed = true;
     fail();
#ifndef CLOSE_ONLY_CANCELS
     if
     :: !won && state == READY -> unmap()
     :: else
     fi
#endif
  :: true
  fi;
  through++
}

proctype judge() {
  (through == THREADS);
  assert(isEnded(state) && settled && released);
  assert(!mapped || unmapped || (state == READY && !closed))
}

init {
  atomic {
    run waiter(0);
#if WAITERS > 1
    run waiter(1);
#endif
    run loader(); run canceller(); run closer(); run judge()
  }
}
