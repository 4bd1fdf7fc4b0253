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
 * <h2>Move</h2>
 *
 * One batch at a time, by this thread alone (the single mover): reserve places in old space, {@code
 * hfi_move} (MOVING, heavy fence, wait for open sections, copy, publish by CAS; native code, where
 * no Java exception can interrupt it), settle those that came through, begin a grace period for the
 * memory that they left. Nobody waits for a move: readers go on with the old copy, writers cancel.
 *
 * <h2>Policy</h2>
 *
 * A canary tells that the JVM has collected. Minor collection: chunks sealed before that give up
 * their survivors to old space. Old collection: old chunks less than half live are evacuated. At 80
 * % of the arena the JVM is asked for a collection, again after 10 % more growth, backing off. When
 * the arena is full, objects stay unmirrored, and what could not be repaired is tried again when
 * memory returns.
 *
 * <p>Loops that can be long yield to the release queue and to deaths between batches.
 */
package dev.holdfast.collect;
