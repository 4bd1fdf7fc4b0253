/*
 * The first late adoption of a process against writers that do not look a second time before it.
 *
 * A writer whose object has no mirror stores its field and, while `looks` is 0, goes on without a
 * fence; where nothing else gives objects mirrors (demand mode) it does not even look for the pair. Whoever adopts late sets `looks`, executes the heavy fence once, and only then goes on as
 * ever (install the pair, fence, copy until equal). Store buffers as in x86-TSO: buf[i] is thread
 * i's, the heavy fence empties all of them.
 *
 * Cures that can be taken out: NOHEAVY (no heavy fence), LATELOOKS (the fence before `looks`),
 * NOSETTLE (a second adopter goes on as soon as `looks` is set, before the first one's fence).
 */
#define K_FIELD 1
#define K_COHORT 2
#define K_SLOT 3
#define K_MIRROR 4
#define K_LOOKS 5

chan buf[3] = [6] of { byte, byte };
byte field, cohort, slot, mirror, looks, settled, looksLock, leafLock, done;

inline apply(k, v) {
  if
  :: k == K_FIELD -> field = v
  :: k == K_COHORT -> cohort = v
  :: k == K_SLOT -> slot = v
  :: k == K_MIRROR -> mirror = v
  :: k == K_LOOKS -> looks = v
  fi
}

#define FENCE(i) empty(buf[i])

proctype flusher(byte i) {
  byte k, v;
end:
  do
  :: atomic { buf[i]?k, v -> apply(k, v); k = 0; v = 0 }
  od
}

inline heavyFence() {
  i = 0;
  do
  :: i < 3 ->
     atomic {
       do
       :: buf[i]?[_, _] -> buf[i]?k, a; apply(k, a)
       :: empty(buf[i]) -> break
       od
     };
     i++
  :: else -> break
  od;
  i = 0; k = 0; a = 0
}

proctype writer() {
  byte v;
  do
  :: v < 3 ->
     v++;
     buf[0]!K_FIELD, v;
     if
     :: looks == 0 -> goto next /* asked first, where no object has got its mirror otherwise */
     :: skip
     fi;
     if
     :: cohort != 0 && slot != 0 -> goto through
     :: else
     fi;
     if
     :: looks == 0 -> goto next
     :: else
     fi;
     FENCE(0);
     if
     :: cohort != 0 && slot != 0 -> goto through
     :: else -> goto next
     fi;
through:
     buf[0]!K_MIRROR, v;
next:
     skip
  :: else -> break
  od;
  atomic { FENCE(0) -> done++ }
}

proctype adopter(byte self) {
  byte r, again, i, k, a;
#ifdef NOSETTLE
  if
  :: looks != 0 -> goto ready
  :: else
  fi;
#else
  if
  :: settled != 0 -> goto ready
  :: else
  fi;
#endif
  atomic { looksLock == 0 -> looksLock = 1 };
  if
  :: settled == 0 ->
#ifdef LATELOOKS
     heavyFence();
     buf[self]!K_LOOKS, 1;
     FENCE(self);
#else
     buf[self]!K_LOOKS, 1;
     FENCE(self);
#ifndef NOHEAVY
     heavyFence();
#endif
#endif
     settled = 1
  :: else
  fi;
  looksLock = 0;
ready:
  atomic { leafLock == 0 && FENCE(self) -> leafLock = 1 };
  if
  :: cohort != 0 && slot != 0 -> skip
  :: else ->
     buf[self]!K_SLOT, 1;
     buf[self]!K_COHORT, 1;
     FENCE(self);
     r = field;
     do
     :: buf[self]!K_MIRROR, r;
        FENCE(self);
        again = field;
        if
        :: again == r -> break
        :: else -> r = again
        fi
     od
  fi;
  atomic { FENCE(self) -> leafLock = 0 };
  done++
}

init {
  atomic {
    run flusher(0);
    run flusher(1);
    run flusher(2);
    run writer();
    run adopter(1);
    run adopter(2)
  }
  (done == 3);
  assert(mirror == field)
}
