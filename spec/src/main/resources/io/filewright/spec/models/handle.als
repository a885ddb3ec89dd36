/*
 * A handle on its way: AsyncFileHandle, with the part of Loader that ends it.
 *
 *   Loader      opens, maps, and makes the handle Ready or Failed    Loader.load, AsyncFileHandle.ready
 *   Canceller   cancels                                               AsyncFileHandle.cancel, fail
 *   Closer      cancels, or closes the region that is ready           AsyncFileHandle.close
 *   Waiter      starts the handle and waits for its end               AsyncFileHandle.await
 *
 * A step is one atomic action of one thread: a look at the state, a compare-and-set, the completion
 * of the future, a look at the future, an entry into its queue, going to sleep. Threads take turns
 * in any order, and may stop for ever, but for what `goesOn` demands.
 *
 * Bounds: one handle, one loader, and as many other threads and steps as each command says.
 * `goesOn` is fair only so far that somebody moves while anybody can.
 * Not in it: progress, timeouts (a timeout is a canceller), interrupts, a system call that never
 * returns, memory models (a step is seen by everybody at once).
 *
 * Each `check planted...` has a mistake in it and must find a counterexample.
 */
module handle

abstract sig State {}
one sig Pending, Loading, Ready, Failed extends State {}

abstract sig Place {}
one sig Idle, Working, Looking, Comparing, Settling, Closing, Registering, Registered, Asleep, Done
  extends Place {}

abstract sig Thread { var at: one Place, var seen: lone State }
one sig Loader extends Thread {}
sig Canceller extends Thread {}
sig Closer extends Canceller {}
sig Waiter extends Thread {}
var sig Woken in Waiter {}

abstract sig Mark {}
one sig Mapped, Unmapped, Closed, Settled extends Mark {}
one sig Handle { var state: one State, var marks: set Mark }

abstract sig Mistake {}
one sig WritesWithoutComparing, LoserKeepsRegion, CloserOnlyCancels, WinnerDoesNotSettle,
  SleepsWithoutLookingAgain extends Mistake {}
sig Planted in Mistake {}

pred ended { Handle.state in Ready + Failed }
pred alive { Mapped in Handle.marks and Unmapped not in Handle.marks }

fact beginning {
  Handle.state = Pending and no Handle.marks and no Woken and no seen
  Loader.at = Idle
  all c: Canceller | c.at = (c in Closer implies Idle else Looking)
  all w: Waiter | w.at = Idle
}

pred others[t: Thread] { all o: Thread - t | o.at' = o.at and o.seen' = o.seen }
pred sameState { Handle.state' = Handle.state }
pred sameMarks { Handle.marks' = Handle.marks }
pred sameWoken { Woken' = Woken }

pred start[w: Waiter] {
  w.at = Idle and w.at' = Looking and no w.seen'
  Handle.state = Pending
    implies (Handle.state' = Loading and Loader.at' = Working)
    else (sameState and Loader.at' = Loader.at)
  Loader.seen' = Loader.seen
  others[w + Loader] and sameMarks and sameWoken
}

-- It may fail to open, and then has nothing.
pred openFile {
  Loader.at = Working and Loader.at' = Looking and no Loader.seen'
  Handle.marks' = Handle.marks + Mapped or sameMarks
  others[Loader] and sameState and sameWoken
}

pred markClosed[c: Closer] {
  c.at = Idle and c.at' = Looking and no c.seen'
  Handle.marks' = Handle.marks + Closed
  others[c] and sameState and sameWoken
}

pred look[t: Loader + Canceller] {
  t.at = Looking and t.at' = Comparing and t.seen' = Handle.state
  others[t] and sameState and sameMarks and sameWoken
}

fun aim[t: Thread]: State { t = Loader and alive implies Ready else Failed }

pred compareAndSet[t: Loader + Canceller] {
  t.at = Comparing and no t.seen'
  t.seen in Ready + Failed
    implies (sameState and t.at' = afterLoss[t])
    else (t.seen = Handle.state or WritesWithoutComparing in Planted)
      implies (Handle.state' = aim[t] and t.at' = (WinnerDoesNotSettle in Planted implies Done else Settling))
      else (sameState and t.at' = Looking)
  others[t] and sameMarks and sameWoken
}

fun afterLoss[t: Thread]: Place { mustClose[t] implies Closing else Done }

pred mustClose[t: Thread] {
  (t = Loader and alive and LoserKeepsRegion not in Planted)
    or (t in Closer and CloserOnlyCancels not in Planted)
}

pred settle[t: Loader + Canceller] {
  t.at = Settling and t.at' = Done and no t.seen'
  Handle.marks' = Handle.marks + Settled
  Woken' = Woken + { w: Waiter | w.at in Registered + Asleep }
  others[t] and sameState
}

pred closeRegion[t: Loader + Closer] {
  t.at = Closing and t.at' = Done and no t.seen'
  (t = Loader or Handle.state = Ready)
    implies Handle.marks' = Handle.marks + Unmapped
    else sameMarks
  others[t] and sameState and sameWoken
}

pred wait[w: Waiter] {
  no w.seen'
  (w.at = Looking and w.at' = (Settled in Handle.marks implies Done else Registering))
    or (w.at = Registering and w.at' = Registered)
    or (w.at = Registered and w.at' = (noticed[w] implies Done else Asleep))
    or (w.at = Asleep and w in Woken and w.at' = Done)
  others[w] and sameState and sameMarks and sameWoken
}

pred noticed[w: Waiter] {
  w in Woken or (Settled in Handle.marks and SleepsWithoutLookingAgain not in Planted)
}

pred stop { others[none] and sameState and sameMarks and sameWoken }

pred somebodyMoves {
  openFile
    or (some t: Loader + Canceller | look[t] or compareAndSet[t] or settle[t])
    or (some t: Loader + Closer | closeRegion[t])
    or (some c: Closer | markClosed[c])
    or (some w: Waiter | start[w] or wait[w])
}

fact moves { always (somebodyMoves or stop) }

pred canMove[t: Thread] {
  t.at in Working + Looking + Comparing + Settling + Closing + Registering + Registered
    or (t.at = Idle and t != Loader)
    or (t.at = Asleep and t in Woken)
}

pred quiet { no t: Thread | canMove[t] }
pred goesOn { always (not quiet implies not stop) }

-- Ready and Failed never end.
pred endsOnce { always all s: Ready + Failed | Handle.state = s implies Handle.state' = s }

-- Each state follows from the one before it as the table says.
pred legalMoves {
  always {
    Handle.state' = Loading implies Handle.state in Pending + Loading
    Handle.state' = Ready implies Handle.state in Loading + Ready
    Handle.state' = Pending implies Handle.state = Pending
  }
}

-- What is ready and not closed can be used.
pred noUseAfterUnmap { always (Handle.state = Ready and Closed not in Handle.marks implies alive) }

-- When all is over, a mapping is there only if somebody can still close it.
pred noLeak { always (quiet and alive implies Handle.state = Ready and Closed not in Handle.marks) }

-- Whoever waits is woken, and every handle that was started ends.
pred noLostWakeUp { goesOn implies eventually always all w: Waiter | w.at = Done }
pred everyHandleEnds { goesOn and some Waiter implies eventually always ended }

-- Not for nothing: each end can be reached.
run canBeReady { eventually (Handle.state = Ready and quiet) }
  for 5 but exactly 1 Canceller, exactly 1 Closer, exactly 1 Waiter, 1..12 steps expect 1
run canLose { eventually (Unmapped in Handle.marks and Handle.state = Failed and Closed not in Handle.marks) }
  for 5 but exactly 1 Canceller, exactly 0 Closer, exactly 1 Waiter, 1..12 steps expect 1

check soundSafety {
  no Planted implies endsOnce and legalMoves and noUseAfterUnmap and noLeak
} for 5 but exactly 2 Canceller, exactly 1 Closer, exactly 1 Waiter, 1..10 steps expect 0
check soundLiveness {
  no Planted implies noLostWakeUp and everyHandleEnds
} for 5 but exactly 1 Canceller, exactly 0 Closer, exactly 1 Waiter, 1..10 steps expect 0

check plantedWritesWithoutComparing {
  Planted = WritesWithoutComparing implies endsOnce
} for 5 but exactly 1 Canceller, exactly 0 Closer, exactly 1 Waiter, 1..12 steps expect 1
check plantedLoserKeepsRegion {
  Planted = LoserKeepsRegion implies noLeak
} for 5 but exactly 1 Canceller, exactly 0 Closer, exactly 1 Waiter, 1..12 steps expect 1
check plantedCloserOnlyCancels {
  Planted = CloserOnlyCancels implies noLeak
} for 5 but exactly 1 Canceller, exactly 1 Closer, exactly 1 Waiter, 1..12 steps expect 1
check plantedWinnerDoesNotSettle {
  Planted = WinnerDoesNotSettle implies noLostWakeUp
} for 5 but exactly 1 Canceller, exactly 0 Closer, exactly 1 Waiter, 1..12 steps expect 1
check plantedSleepsWithoutLookingAgain {
  Planted = SleepsWithoutLookingAgain implies noLostWakeUp
} for 5 but exactly 1 Canceller, exactly 0 Closer, exactly 1 Waiter, 1..12 steps expect 1
