/**
 * What rewritten classes call, and the protocols that run on the application's own threads.
 *
 * <p>The agent defines this package in the boot loader, so it uses only {@code java.base}, loads
 * little, and never lets a Throwable of its own reach the program. The Java object is the truth:
 * the worst that any failure in here may do is to leave a mirror stale.
 *
 * <h2>Write section</h2>
 *
 * <pre>
 * who          thread                                        mover (native, hfi_move)
 * mark         counter := (c+1)|1   opaque                   base |= MOVING
 *              -- compiler barrier (or a full fence) --      -- heavy fence (membarrier) --
 * base         load base, acquire                            load every counter, acquire; odd ones
 *              MOVING? CAS it away, on failure load again      must change within 1 ms or the batch ends
 * store        mirror field, release                         copy
 * unmark       counter := (c|1)+1   release                  CAS base: old|MOVING to new
 * </pre>
 *
 * Either the thread's mark is visible to the mover after its heavy fence, and the mover waits for
 * it; or the thread loads base after that fence, sees MOVING, and cancels. The heavy fence pairs
 * with the compiler barrier after the mark; where {@code membarrier} is missing, {@link
 * Section#fences} makes the thread execute a full fence of its own there. Both forms of the counter
 * carry {@code |1}, so that an unmark that a StackOverflowError swallowed cannot turn the parity
 * round for ever. The release of the unmark pairs with the mover's acquire: what the section stored
 * is in the memory that it copies.
 *
 * <p>Sections do not nest; inside one nothing is allocated, no class is loaded, no lock is taken
 * and no code of the application runs. {@code reachabilityFence} on the object and its cohort keeps
 * the cohort's token alive to the end of the section, so that its memory cannot be given to
 * another.
 *
 * <h2>Adoption</h2>
 *
 * At the allocation site of a class whose constructors are clean the object is private to its
 * thread: {@link SiteAdoption} fills the mirror, sets the ready bit, installs {@code $slot} and
 * {@code $cohort} and ends with a StoreStore fence, which pairs with the data dependency of whoever
 * finds the object by racing publication: it sees both hidden fields or, before them, an incomplete
 * pair.
 *
 * <p>Everything else is adopted by {@link LateAdoption} under the one leaf lock: install the pair,
 * full fence, then copy each field (store, full fence, read again until equal), then the ready bit.
 * The first full fence pairs with the full fence of a writer that saw an incomplete pair ({@link
 * Writes}): either the writer sees the pair on its second look and writes through, or the copy sees
 * the writer's value.
 *
 * <p>Before the first late adoption of the process a writer needs no second look ({@link
 * dev.holdfast.hook.SecondLook} has the protocol): in demand mode, with nothing handed to C, a
 * write costs one question and no fence.
 *
 * <p>The ready bits of a cohort (one 64-bit word in its entry, bit i for an object that begins at
 * slot i) are written by the thread that has the cohort open, and by no other. A handle is shown to
 * C only when its bit is set (load acquire, pairs with the release store after the fields).
 *
 * <h2>Healing</h2>
 *
 * What no hook has seen is healed when the object is next given to C ({@link
 * dev.holdfast.hook.Healing}): full fence, then in one section each field is compared with its
 * place in the mirror, and where they differ stored until equal. A place that is equal is left
 * alone, though another thread may just be storing an older value there: that one fences after its
 * store and reads the field again (late adoption, repairs, volatile writers, other healers), and
 * this fence lies between the unseen write and the look at the mirror. So either the look finds the
 * older value, or the other thread finds the new one.
 *
 * <h2>Private tokens</h2>
 *
 * An owner of edges ({@link dev.holdfast.hook.Edges}) gets a token of its own, which bears the same
 * entry and refers to the shared one for ever.
 *
 * <pre>
 * who          step                                                         ordering
 * holder       make the token; leaf lock; private already? that one's;      lock
 *              else one store of $cohort, never by way of null              release
 *              add the edge, under the token's own lock
 * writer,      load $cohort, then entry and handle, which are final,        opaque, then dependency
 * reader       the same in both tokens
 * adopter      leaf lock; look again: a ready pair is left as it is         lock
 * clone hook   compares entry and slot, not tokens: the copy may bear       reset: leaf lock
 *              the shared token and its original the private one
 * </pre>
 *
 * A swap by way of null would let a writer miss the mirror; without the look under the lock two
 * holders would each install a token, and the edges of one be lost.
 *
 * <p>Virtual threads use the record of their carrier: nothing between {@link ThreadRecord#current}
 * and the last use of the record blocks, so the virtual thread stays mounted.
 *
 * <h2>Size</h2>
 *
 * The compilers make code of a hook at each place where it is hot, and of the program's other code
 * only when that is done. So what is seldom needed (a new cohort, a sample, a cancelled move, a
 * class met for the first time), and adoption as a whole, stay calls: {@code @DontInline}, which
 * the JVM heeds in the boot loader. With them the code of an adoption is 3 KB instead of 25, and is
 * not thrown away when a seldom way is first taken.
 */
package dev.holdfast.hook;
