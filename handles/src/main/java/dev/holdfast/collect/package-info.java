/**
 * The collector: what happens on the thread {@code holdfast-collector}, and the facade of it all.
 *
 * <h2>Death</h2>
 *
 * The phantom reference of a cohort is enqueued: leave the chunk's list, retire the entry (stamp +
 * 1), and once a batch of them is together, advance the epoch, heavy fence, and begin a {@link
 * dev.holdfast.collect.GracePeriod}: every scope that was open at an older epoch and every write
 * section that was open must have ended; pins are looked at after that; only then are memory and
 * entry reused. {@code queued} and {@code next} of the entry stay as they are.
 *
 * <p>The Java heap may be used up at any moment, and an OutOfMemoryError stop this thread's step
 * anywhere it allocates. So each step allocates first and commits then: what has died or was left
 * is a link of a list by itself ({@link dev.holdfast.table.Vacated}), the lists of free chunks and
 * entries have room for all there are, a move's notes are made before the move. The next step goes
 * on where the last was stopped.
 *
 * <h2>Move</h2>
 *
 * One batch at a time, by this thread alone (the single mover): reserve places in old space, {@code
 * hfi_move} (MOVING, heavy fence, wait for open sections, copy, publish by CAS; native code, where
 * no Java exception can interrupt it), settle those that came through, begin a grace period for the
 * memory that they left. Nobody waits for a move: readers go on with the old copy, writers cancel.
 *
 * <h2>Policy</h2>
 *
 * A canary tells that the JVM has collected. Minor collection: chunks sealed before that began give
 * up their survivors to old space. Which these are is said by a canary of each chunk's own (see
 * {@code dev.holdfast.space}); the queue tells of a death many milliseconds after it, so a move
 * leaves whose token is cleared. Old collection: old chunks less than half live are evacuated. At
 * 80 % of the arena, and when it is full, the JVM is asked for a collection, again after 10 % more
 * growth, backing off ({@link dev.holdfast.collect.Pressure}). When the arena is full, objects stay
 * unmirrored ({@link dev.holdfast.collect.Fullness}: the thread that finds no room says so in one
 * CAS and goes on), and what could not be repaired is tried again when memory returns.
 *
 * <h2>Site profile</h2>
 *
 * An allocation site is known to its hook by a number that the rewritten code passes anyway; behind
 * it stands a layout of the site's own, whose flag {@code tenured} says in which space the thread
 * opens cohorts for it. Each thread fills two cohorts then, one for each space; both are its own.
 *
 * <pre>
 * who                what                                                    pairs with
 * thread, slow path  at a random slot of each cohort: sample, a cohort of    entry's READY: release,
 *                    one object; waiting + 1 (at most 128 a site); queue     as for any cohort
 * collector          death of a sample: verdict "died"; third JVM            the queue of deaths; the
 *                    collection after its birth: verdict "survived"          queue of samples
 * collector          100 verdicts, 85 % survived: tenured := true;           nothing: a hook that reads
 *                    tenured and under 50 %: tenured := false                an old flag picks a space
 * </pre>
 *
 * <p>The evidence is written by the collector's thread alone. A sample's death is told for itself,
 * because nothing else lives in its cohort: survival is asked of single objects, and neither the
 * fast path nor a dead object pays for it. Only sites of classes with clean constructors are
 * judged; late adoption always opens cohorts in the nursery.
 *
 * <p>Loops that can be long yield to the release queue and to deaths between batches.
 *
 * <h2>Models</h2>
 *
 * Where the steps of the models stand in the code. All but first_adoption lie beside the design.
 *
 * <pre>
 * model           step                          place
 * move            section, loadbase             Section.mark, base, cancel, unmark; section.h (C)
 *                 collector: MOVING             move.c begin
 *                 collector: heavy fence, scan  move.c move_batch, all_left_sections
 *                 collector: copy, publish      move.c try_move
 *                 collector: epoch, fence       move.c hfi_epoch_advance
 *                 collector: reuse              GracePeriod.over, Limbo.release
 *                 vwriter                       Writes.copyUntilEqual
 *                 pinner, reader                pin.c hfi_pin; record.h hfi_scope_open
 * adopt           writer                        Hooks, Writes.through (second look under a full fence)
 *                 adopter, READY                LateAdoption.adoptOnly, install; ThreadRecord.publish
 *                 hook2, creader                References.ready, shown
 * first_adoption  writer, adopter               SecondLook.isNeeded, beforeLateAdoption
 * publication     T1, T2                        SiteAdoption.adopt (StoreStore fence); References.ready
 * repair          W, Adopt, R                   References.pending, LateAdoption, Mirrors' repairs
 * late_writer     W                             reachabilityFence in Writes, LateAdoption.install
 *                 Coll (ODDWAIT)                GracePeriod.note, over
 * counts          cretain, crelease, push       count.c add, subtract, queue
 *                 jacquire, jrel                Counts.retain, release
 *                 drain                         Counts.drain, settle; one at a time, of the model's two
 * edges           Hold                          Edges.own, LateAdoption.makePrivate (LOCK and CAS in one)
 *                 Clone                         Clones.seen (CMPENTRY); nothing swaps back (UNHOLD)
 * death           Coll                          Collector.take, EntryTable.retire, Limbo.seal, release
 *                 Stale, Owner                  count.c (the stamp is in the word), EntryTable.recycle
 * </pre>
 *
 * <h2>Mutants</h2>
 *
 * {@code mvn verify -Pmutants -pl handles} takes these cures out, one at a time, and the named test
 * turns red:
 *
 * <pre>
 * no-adopter-fence, no-healer-fence, no-second-look, no-writer-fence      AdoptionRaceTest
 * adopter-without-second-look, private-token-by-way-of-null,
 * private-token-without-second-look                                       EdgeRaceTest
 * clones-compared-by-token                                                EdgesTest
 * shown-before-ready                                                      LateAdoptionTest
 * no-cancelling, no-heavy-fence, no-mark, no-wait                         MoveRaceTest
 * no-fence-before-the-first                                               SecondLookRaceTest
 * drain-forgets-the-rest, no-finally                                      StackOverflowTest
 * no-or-one, no-reload                                                    SectionTest
 * no-fence-behind-the-pair, no-reachability-fence                         OrderOfCallsTest
 * no-stripe-lock, queued-cleared-late                                     CountRaceTest
 * pins-not-looked-at, scopes-not-waited-for, stamp-grows-at-reuse         ReuseTest
 * queued-cleared-at-reuse                                                 ReleaseQueueTest
 * repair-queued-before-the-store, repair-stored-once                      RepairRaceTest
 * sections-not-waited-for                                                 SectionAndDeathTest
 * volatile-stored-once                                                    VolatileWritersTest
 * work-on-the-askers-thread                                               CollectorRequestsTest
 * </pre>
 *
 * <p>Two of these no run shows on x86-64, so {@code OrderOfCallsTest} looks into the byte code:
 * there stores stay in order, and late_writer holds with either of its cures alone (RF is the
 * reachability fence, ODDWAIT the grace period's wait for sections).
 *
 * <p>The C code's, in {@code src/test/c/mutants.sh}, name their tests there.
 */
package dev.holdfast.collect;
