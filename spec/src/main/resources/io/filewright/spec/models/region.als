/*
 * When the memory of a region may be touched, and when it goes: internal.region.Lifetime, with the
 * slices of MmapRegion and the resizing of a writable region.
 *
 *   Region      the root, which owns a mapping, and slices of it and of one another
 *   Reader      takes a reference, touches, lets go                  Lifetime.tryAcquire, release
 *   Kernel      the same for an operation that the kernel works on: nothing but its end lets go
 *   closers     anybody, at any time, for any region                 Lifetime.close
 *   Resizer     a reader who, as the only user, replaces the mapping  Lifetime.tryAlone
 *
 * A step is one atomic change of one lifetime word, or what follows from it on the same thread: the
 * end of a region, and the replacement of a mapping. A region's references are those of its users
 * and of its slices that have not ended.
 *
 * Bounds: as many regions, users, mappings and steps as each command says; slices of any shape.
 * Not in it: what happens inside the atomic change (region.pml has it), a reference that is
 * released twice.
 *
 * Each `check planted...` has a mistake in it and must find a counterexample.
 */
module region

sig Mapping {}

sig Region { parent: lone Region }
one sig Root extends Region {}
fact slices { no Root.parent and all r: Region | Root in r.*parent and (r != Root implies one r.parent) }

abstract sig User { var holds: lone Region, var touches: lone Mapping }
sig Reader, Kernel extends User {}
one sig Resizer extends User {}

var sig Born, Closed, Ending, Ended in Region {}
var lone sig Alone in Root {}
var sig Mapped, Used in Mapping {}
var lone sig Current in Mapping {}

abstract sig Mistake {}
one sig CloseEndsAtOnce, ReleaseDoesNotEnd, SliceTakesNoReference, KernelTakesNoReference,
  ResizeIgnoresReferences, ReaderIgnoresResize extends Mistake {}
sig Planted in Mistake {}

fact beginning {
  Born = Root and no Closed + Ending + Ended and no Alone
  no holds and no touches
  one Current and Mapped = Current and Used = Current
}

-- Who keeps a region from ending.
pred referenced[r: Region] {
  some holds.r or (SliceTakesNoReference not in Planted and some (parent.r & Born) - Ended)
}

pred referencedButBy[u: User, r: Region] {
  some holds.r - u or (SliceTakesNoReference not in Planted and some (parent.r & Born) - Ended)
}

pred referencedButBySlice[s: Region, r: Region] {
  some holds.r or (SliceTakesNoReference not in Planted and some ((parent.r & Born) - Ended) - s)
}

pred sameUsers[u: set User] { all o: User - u | o.holds' = o.holds and o.touches' = o.touches }
pred sameRegions { Born' = Born and Closed' = Closed and Ended' = Ended }
pred sameMemory { Mapped' = Mapped and Used' = Used and Current' = Current and Alone' = Alone }

pred acquire[u: User, r: Region] {
  no u.holds and no u.touches and r in Born - Closed
  r in Alone implies ReaderIgnoresResize in Planted
  u.holds' = ((u in Kernel and KernelTakesNoReference in Planted) implies none else r)
  u.touches' = Current
  sameUsers[u] and sameRegions and sameMemory and Ending' = Ending
}

pred release[u: User] {
  some u.touches and no u.touches' and no u.holds'
  u = Resizer implies no Alone
  Ending' = Ending + { r: u.holds & Closed |
    not referencedButBy[u, r] and r not in Alone and ReleaseDoesNotEnd not in Planted }
  sameUsers[u] and sameRegions and sameMemory
}

pred slice[s: Region] {
  s not in Born and s.parent in Born - Closed and no s.parent & Alone
  Born' = Born + s
  Closed' = Closed and Ended' = Ended and Ending' = Ending
  sameUsers[none] and sameMemory
}

pred close[r: Region] {
  r in Born - Closed and Closed' = Closed + r
  Ending' = Ending + { c: r |
    CloseEndsAtOnce in Planted or (not referenced[c] and c not in Alone) }
  Born' = Born and Ended' = Ended
  sameUsers[none] and sameMemory
}

pred end[r: Region] {
  r in Ending and Ended' = Ended + r
  Ending' = (Ending - r) + { p: r.parent & Closed |
    not referencedButBySlice[r, p] and SliceTakesNoReference not in Planted }
  Mapped' = (r = Root implies none else Mapped)
  Born' = Born and Closed' = Closed and Used' = Used and Current' = Current and Alone' = Alone
  sameUsers[none]
}

pred beginResize {
  Resizer.holds = Root and Root not in Closed and no Alone
  not referencedButBy[Resizer, Root] or ResizeIgnoresReferences in Planted
  Alone' = Root
  Mapped' = Mapped and Used' = Used and Current' = Current
  sameUsers[none] and sameRegions and Ending' = Ending
}

pred endResize {
  some Alone and no Alone'
  some m: Mapping - Used {
    Used' = Used + m and Current' = m and Mapped' = (Mapped - Current) + m
    Resizer.touches' = m and Resizer.holds' = Root
  }
  sameUsers[Resizer] and sameRegions and Ending' = Ending
}

pred stop { sameUsers[none] and sameRegions and sameMemory and Ending' = Ending }

fact moves {
  always {
    (some u: User, r: Region | acquire[u, r])
      or (some u: User | release[u])
      or (some r: Region | slice[r] or close[r] or end[r])
      or beginResize
      or endResize
      or stop
  }
}

pred noUseAfterUnmap { always User.touches in Mapped }
pred endsOnce { always no Ending & Ended }

-- When all regions are closed and nobody is at work, nothing is mapped.
pred noLeak {
  always ((Born in Closed and no touches and no Ending and no Alone) implies no Mapped)
}

-- Not for nothing.
run canEndWithASlice { eventually (no Mapped and some Ended & (Region - Root)) }
  for 5 but exactly 2 Region, exactly 1 Reader, exactly 1 Kernel, exactly 2 Mapping, 1..8 steps expect 1
run canResizeAndEnd { eventually (no Mapped and #Used > 1) }
  for 5 but exactly 1 Region, exactly 1 Reader, exactly 1 Kernel, exactly 2 Mapping, 1..10 steps expect 1

check sound {
  no Planted implies noUseAfterUnmap and endsOnce and noLeak
} for 5 but 3 Region, exactly 1 Reader, exactly 1 Kernel, exactly 2 Mapping, 1..7 steps expect 0

check plantedCloseEndsAtOnce {
  Planted = CloseEndsAtOnce implies noUseAfterUnmap
} for 5 but exactly 2 Region, exactly 1 Reader, exactly 1 Kernel, exactly 2 Mapping, 1..8 steps expect 1
check plantedReleaseDoesNotEnd {
  Planted = ReleaseDoesNotEnd implies noLeak
} for 5 but exactly 2 Region, exactly 1 Reader, exactly 1 Kernel, exactly 2 Mapping, 1..8 steps expect 1
check plantedSliceTakesNoReference {
  Planted = SliceTakesNoReference implies noUseAfterUnmap
} for 5 but exactly 2 Region, exactly 1 Reader, exactly 1 Kernel, exactly 2 Mapping, 1..8 steps expect 1
check plantedKernelTakesNoReference {
  Planted = KernelTakesNoReference implies noUseAfterUnmap
} for 5 but exactly 2 Region, exactly 1 Reader, exactly 1 Kernel, exactly 2 Mapping, 1..8 steps expect 1
check plantedResizeIgnoresReferences {
  Planted = ResizeIgnoresReferences implies noUseAfterUnmap
} for 5 but exactly 2 Region, exactly 1 Reader, exactly 1 Kernel, exactly 2 Mapping, 1..8 steps expect 1
check plantedReaderIgnoresResize {
  Planted = ReaderIgnoresResize implies noUseAfterUnmap
} for 5 but exactly 2 Region, exactly 1 Reader, exactly 1 Kernel, exactly 2 Mapping, 1..8 steps expect 1
