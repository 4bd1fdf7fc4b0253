/**
 * The two spaces and the cohorts in them.
 *
 * <p>Nursery: threads take runs of fresh cohorts out of a chunk; a chunk with no room left is
 * sealed. Old space: the collector's thread allocates, by copying; cohorts of sites whose objects
 * survive are born in a part of it ({@link dev.holdfast.space.Tenured}), so that threads do not
 * meet the collector's copying there.
 *
 * <p>Age: at its sealing a chunk gets a canary, a phantom reference to what nobody else knows. It
 * is younger than all tokens of the chunk, so the collection that clears it has looked at all of
 * them, and what is left survives. One that was going on concurrently at the sealing takes the
 * canary for living, as it does the tokens that were born meanwhile, dead or not: nobody need ask
 * whether the JVM stands still to collect. It is a phantom because those of the tokens are: what a
 * finalizer reaches keeps both. That it is cleared shows at once, as it does of the tokens, by
 * {@code refersTo}: from the end of marking on for all references alike. The queue of deaths tells
 * later; who moves cohorts looks at their references. Where a canary went to the JVM's old
 * generation uncleared, the second collection that is told since the sealing does as well: it began
 * after the first was told. An OutOfMemoryError for want of a canary leaves the chunk open and
 * full: the next thread that wants room seals it.
 *
 * <p>Invariants: an entry's base points into a chunk of the space that its state names; live bytes
 * of a chunk = sum of its residents plus what is still in a grace period; a cohort's token is
 * reachable from its objects, from its thread while open or allotted, and from the root set while
 * counted, and from nothing else: a {@link dev.holdfast.space.CohortRef} refers to it only as a
 * phantom.
 */
package dev.holdfast.space;
