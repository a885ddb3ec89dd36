/*
 * The lifetime word of a region, instruction by instruction: internal.region.Lifetime as the
 * methods of MmapRegion use it.
 *
 *   reader    tryAcquire, touch, release
 *   slicer    slices, closes the slice; a reader of the slice meanwhile
 *   kernel    an operation in flight: begun here, let go by its completion
 *   resizer   tryAcquire, tryAlone: a new mapping, the old one goes; release     once
 *   closer    close, and close again
 *
 * Each line below that changes `word` is one atomic instruction of the real class (compare-and-set,
 * get-and-add, get-and-or); looks at it are steps of their own. Every interleaving is tried.
 *
 * Asserted: memory that is touched is mapped; the end runs once; when all threads are through,
 * nothing is mapped. A thread that cannot finish is an invalid end state, and no run goes round in a
 * circle (no non-progress cycle), so every thread finishes.
 *
 * Bounds: one region, one slice, the six threads below, two mappings; circles, and
 * most mistakes, are looked for without the slice and its reader (-DSMALL). Whoever waits for a
 * resizer spins; here it is blocked until it may go on, so spinning for ever is a blocked process.
 * Not in it: memory models (a step is seen by everybody at once).
 *
 * Planted mistakes, by -D:
 *   planted: ACQUIRE_WITHOUT_CAS
 *   planted: CLOSE_ENDS_AT_ONCE
 *   planted: RELEASE_DOES_NOT_END
 *   planted: RELEASE_IN_TWO_STEPS
 *   planted among all: SLICE_TAKES_NO_REFERENCE
 *   planted: KERNEL_TAKES_NO_REFERENCE
 *   planted: RESIZE_IGNORES_REFERENCES
 *   planted: RESIZE_NEVER_LETS_GO
 *   planted: READER_IGNORES_RESIZE
 */
#define CLOSED    1
#define ALONE     2
#define REFERENCE 4

#define isClosed(seen) ((seen & CLOSED) != 0)
#define isAlone(seen)  ((seen & ALONE) != 0)

/* Words: 0 is the region's, 1 is its slice's. */
short word[2];
byte ends[2];
bool mapped[2] = { true, false };
byte current = 0;
bool sliced = false;    /* the slice exists */
byte through = 0;       /* threads that have finished */

#ifdef SMALL
#define THREADS 4
#else
#define THREADS 6
#endif

/* Lifetime.tryAcquire */
inline tryAcquire(w, ok) {
  ok = false;
  do
  :: seen = word[w];
     if
     :: isClosed(seen) -> break
#ifndef READER_IGNORES_RESIZE
     :: !isClosed(seen) && isAlone(seen) -> (!isAlone(word[w]) || isClosed(word[w]))
     :: !isClosed(seen) && !isAlone(seen) ->
#else
     :: !isClosed(seen) ->
#endif
#ifdef ACQUIRE_WITHOUT_CAS
        word[w] = seen + REFERENCE; ok = true; break
#else
        atomic {
          if
          :: word[w] == seen -> word[w] = seen + REFERENCE; ok = true; break
          :: else
          fi
        }
#endif
     fi
  od
}

/* What the last one does: for the slice, a release of the region. */
inline endRegion() {
  d_step { ends[0]++; assert(ends[0] == 1); mapped[current] = false }
}

/* Lifetime.release of the region */
inline release() {
#ifdef RELEASE_IN_TWO_STEPS
  before = word[0];
  word[0] = before - REFERENCE;
#else
  d_step { before = word[0]; word[0] = word[0] - REFERENCE };
#endif
#ifndef RELEASE_DOES_NOT_END
  if
  :: before == (REFERENCE | CLOSED) -> endRegion()
  :: else
  fi
#endif
}

/* Lifetime.close of the region */
inline close() {
  d_step { before = word[0]; word[0] = word[0] | CLOSED };
  if
#ifdef CLOSE_ENDS_AT_ONCE
  :: !isClosed(before) -> endRegion()
#else
  :: before == 0 -> endRegion()
#endif
  :: else
  fi
}

/* The slice: its own word, whose end lets go of the region. */
inline endSlice() {
  d_step { ends[1]++; assert(ends[1] == 1) };
#ifndef SLICE_TAKES_NO_REFERENCE
  release()
#endif
}

inline releaseSlice() {
  d_step { before = word[1]; word[1] = word[1] - REFERENCE };
  if
  :: before == (REFERENCE | CLOSED) -> endSlice()
  :: else
  fi
}

inline closeSlice() {
  d_step { before = word[1]; word[1] = word[1] | CLOSED };
  if
  :: before == 0 -> endSlice()
  :: else
  fi
}

/* Looks where the memory is, then touches it. */
inline touch() {
  at = current;
  assert(mapped[at])
}

active proctype reader() {
  short seen, before; bool ok; byte at;
  tryAcquire(0, ok);
  if
  :: ok -> touch(); assert(mapped[at]); release()
  :: else
  fi;
  through++
}

#ifndef SMALL
active proctype slicer() {
  short seen, before; bool ok;
#ifdef SLICE_TAKES_NO_REFERENCE
  ok = !isClosed(word[0]);
#else
  tryAcquire(0, ok);
#endif
  if
  :: ok -> sliced = true; closeSlice()
  :: else
  fi;
  through++
}

active proctype readerOfSlice() {
  short seen, before; bool ok; byte at;
  if
  :: sliced ->
     tryAcquire(1, ok);
     if
     :: ok -> touch(); assert(mapped[at]); releaseSlice()
     :: else
     fi
  :: true    /* it comes too early, and does nothing */
  fi;
  through++
}
#endif

active proctype kernel() {
  short seen, before; bool ok; byte at;
  tryAcquire(0, ok);
  if
  :: ok ->
     at = current;
#ifdef KERNEL_TAKES_NO_REFERENCE
     release();
     assert(mapped[at])     /* the kernel writes there whatever we think */
#else
     assert(mapped[at]);    /* it is in flight; the completion lets go */
     release()
#endif
  :: else
  fi;
  through++
}

/* Lifetime.tryAlone, under a reference of its own */
active proctype resizer() {
  short seen, before; bool ok, alone;
  tryAcquire(0, ok);
  if
  :: ok ->
     atomic {
       if
#ifdef RESIZE_IGNORES_REFERENCES
       :: !isClosed(word[0]) -> word[0] = word[0] | ALONE; alone = true
#else
       :: word[0] == REFERENCE -> word[0] = REFERENCE | ALONE; alone = true
#endif
       :: else
       fi
     };
     if
     :: alone ->
        mapped[0] = false;
        mapped[1] = true;
        current = 1;
#ifndef RESIZE_NEVER_LETS_GO
        d_step { word[0] = word[0] - ALONE }
#endif
     :: else
     fi;
     release()
  :: else
  fi;
  through++
}

active proctype closer() {
  short before;
  close();
  close();
  through++
}

/* When everybody is through, everything is given back. */
active proctype judge() {
  (through == THREADS);
  assert(!mapped[0] && !mapped[1]);
  assert(ends[0] == 1)
}
