/*
 * A budget that is full, and a pool that keeps what it has: BudgetFamily and Waiter, with the part
 * of BufferPool that meets them.
 *
 *   waiter   gets in line; asks the pool to let go; waits, or gives up at any moment; closes what
 *            it got                                              (wants all, wants one)
 *   user     takes a buffer from the pool, or from the budget, or waits in line for it; gives it
 *            back to the pool                                    (twice)
 *
 * What is done under the family's lock is one step. Waking who was granted is done behind it, and
 * so is what a wake gives back that came too late. The pool's lock is held over several steps.
 *
 * Asserted: never more is taken than there is; nobody takes what somebody in line waits for; who is
 * first in line does not fit; when all are through, nobody is in line, and all is back but for what
 * the pool keeps. Somebody in line who is never woken is an invalid end state. No run goes round in
 * a circle.
 *
 * Bounds: one ledger of two units, two waiters, one user of a pool; many mistakes are looked for
 * with one waiter (-DSMALL).
 * Not in it: children and their parents, caches beside the pool, trimming after a while, memory
 * models.
 *
 * Planted mistakes, by -D:
 *   planted: LOOKS_BEFORE_IT_LOCKS
 *   planted: GIVES_BACK_TO_NOBODY
 *   planted: LATE_GRANT_IS_KEPT
 *   planted: POOL_KEEPS_WHAT_IS_WAITED_FOR
 *   planted: WAITER_DOES_NOT_ASK_THE_POOL
 *   planted: POOL_LOOKS_BEFORE_IT_LOCKS
 *   planted: NEWCOMER_OVERTAKES
 *   planted among all: WHO_LEAVES_LETS_NOBODY_PASS
 */
#define LIMIT 2

#define NOTHING   0
#define GRANTED   1
#define CANCELLED 2

#ifdef SMALL
#define WAITERS 1
#else
#define WAITERS 2
#endif
#define USER WAITERS            /* its place among those who may be in line */
#define PLACES (WAITERS + 1)

#define wanted(p) ((p) == 0 -> 2 : 1)

byte used = 0;
byte line[PLACES];
byte inLine = 0;
byte turn[PLACES];              /* the future of Waiter.turn */
byte idle = 0;
bool poolLocked;
byte through = 0;

/* BudgetFamily.grant: under the lock; whom it has granted is in `woken`. */
inline grant() {
  do
  :: inLine > 0 && used + wanted(line[0]) <= LIMIT ->
     used = used + wanted(line[0]);
     woken = woken | (1 << line[0]);
     k = 1;
     do
     :: k < inLine -> line[k - 1] = line[k]; k++
     :: else -> break
     od;
     inLine--
  :: else -> break
  od;
  k = 0
}

/* Waiter.wake for each; what comes too late is given back, and may be somebody else's turn. */
inline wake() {
  do
  :: woken == 0 -> break
  :: else ->
     p = 0;
     do
     :: (woken & (1 << p)) == 0 -> p++
     :: else -> break
     od;
     woken = woken & ~(1 << p);
     if
     :: d_step { turn[p] == NOTHING -> turn[p] = GRANTED }
     :: d_step { turn[p] == CANCELLED -> p = p }
#ifndef LATE_GRANT_IS_KEPT
        ; d_step { used = used - wanted(p); grant() }
#endif
     fi
  od;
  p = 0
}

/* BudgetFamily.giveBack */
inline giveBack(bytes) {
#ifdef GIVES_BACK_TO_NOBODY
  used = used - bytes
#else
  d_step { used = used - bytes; grant() };
  wake()
#endif
}

/* MemoryBudget.request: in line, then the caches are asked. */
inline getInLine() {
  d_step { line[inLine] = me; inLine++; grant(); mine = (woken & (1 << me)) != 0 };
  wake();
  if
  :: !mine ->
#ifndef WAITER_DOES_NOT_ASK_THE_POOL
     d_step { !poolLocked -> poolLocked = true };
     freed = idle;
     idle = 0;
     poolLocked = false;
     giveBack(freed)
#endif
     skip
  :: mine
  fi
}

/* Waiter.giveUp */
inline giveUp() {
  d_step {
    k = 0;
    do
    :: k < inLine && line[k] != me -> k++
    :: else -> break
    od;
    if
    :: k < inLine ->
       do
       :: k + 1 < inLine -> line[k] = line[k + 1]; k++
       :: else -> break
       od;
       inLine--
    :: else
    fi;
    k = 0;
#ifndef WHO_LEAVES_LETS_NOBODY_PASS
    grant()
#endif
  };
  wake();
  if
  :: d_step { turn[me] == NOTHING -> turn[me] = CANCELLED }
  :: turn[me] == GRANTED -> giveBack(wanted(me))
  fi
}

proctype waiter(byte me) {
  byte k, p, woken, freed; bool mine;
  getInLine();
  if
  :: true -> turn[me] == GRANTED; giveBack(wanted(me))    /* a patient one */
  :: true -> giveUp()
  fi;
  assert(used <= LIMIT);
  through++
}

proctype user(byte me) {
  byte k, p, woken, freed, round; bool mine, taken;
  do
  :: round == 2 -> break
  :: else ->
     /* BufferPool.takeIdle */
     d_step { !poolLocked -> poolLocked = true };
     taken = idle > 0;
     idle = (taken -> idle - 1 : idle);
     poolLocked = false;
     /* BufferPool.addFresh: MemoryBudget.tryReserve, or in line */
     if
     :: taken
     :: !taken ->
#ifdef LOOKS_BEFORE_IT_LOCKS
        taken = (inLine == 0 && used + 1 <= LIMIT);
        if
        :: taken -> used++
        :: else
        fi;
#else
        d_step {
#ifdef NEWCOMER_OVERTAKES
          taken = (used + 1 <= LIMIT);
#else
          taken = (inLine == 0 && used + 1 <= LIMIT);
#endif
          if
          :: taken -> assert(inLine == 0); used++
          :: else
          fi
        };
#endif
        assert(used <= LIMIT);
        if
        :: taken
        :: !taken -> turn[me] = NOTHING; getInLine(); turn[me] == GRANTED
        fi
     fi;
     /* BufferPool.giveBack */
#ifdef POOL_LOOKS_BEFORE_IT_LOCKS
     mine = inLine > 0;
     d_step { !poolLocked -> poolLocked = true };
#else
     d_step { !poolLocked -> poolLocked = true };
#ifdef POOL_KEEPS_WHAT_IS_WAITED_FOR
     mine = false;
#else
     mine = inLine > 0;
#endif
#endif
     if
     :: mine -> giveBack(1)
     :: !mine -> idle++
     fi;
     poolLocked = false;
     round++
  od;
  through++
}

proctype judge() {
  (through == PLACES);
  assert(inLine == 0 && used == idle)
}

/* At any moment: who is first in line does not fit. */
proctype watch() {
  assert(inLine == 0 || used + wanted(line[0]) > LIMIT)
}

init {
  atomic {
    run waiter(0);
#if WAITERS > 1
    run waiter(1);
#endif
    run user(USER); run watch(); run judge()
  }
}
