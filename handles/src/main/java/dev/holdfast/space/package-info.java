/**
 * The two spaces and the cohorts in them.
 *
 * <p>Nursery: threads take runs of fresh cohorts out of a chunk; a chunk with no room left is
 * sealed together with the number of the JVM collection at that time. Old space: the collector's
 * thread allocates, by copying; cohorts of sites whose objects survive are born in a part of it
 * ({@link dev.holdfast.space.Tenured}), so that threads do not meet the collector's copying there.
 *
 * <p>Invariants: an entry's base points into a chunk of the space that its state names; live bytes
 * of a chunk = sum of its residents plus what is still in a grace period; a cohort's token is
 * reachable from its objects, from its thread while open or allotted, and from the root set while
 * counted, and from nothing else: a {@link dev.holdfast.space.CohortRef} refers to it only as a
 * phantom.
 */
package dev.holdfast.space;
