/**
 * Races of the protocols, provoked with real threads: each test drives the code that runs in
 * production, and says which endings are allowed and which is the defect.
 *
 * <pre>
 * test                        protocol (page)                          its defect, when the cure is out
 * WriterAgainstMover          write section, moving (hook)             a write is lost in the old copy
 * LateAdoptionAgainstWriter   late adoption (hook)                     the last write is not in the mirror
 * VolatileWriters             volatile fields (hook)                   the mirror ends with the wrong value
 * ReaderAgainstReuse          scopes, grace period (collect)           C reads another object's mirror
 * RetainAgainstRelease        counts (table)                           a count that holds nothing
 * DrainAgainstRecount         release queue (table)                    an object lost, or held for ever
 * HoldAgainstHold             owned edges: exchange of tokens (hook)   an edge is lost
 * HoldAgainstWriter           the same                                 a write is not in the mirror
 * HoldAgainstUnhold           owned edges: how many (hook)             an edge too few, or too many
 * HoldAgainstRelease          owned edges, counts (collect, table)     an edge to a dead object, or one that was refused
 * TieAgainstTie               peers (collect)                          a peer is never destroyed, or twice
 * TieAgainstRelease           peers, counts (collect, table)           the same, or a refused one is destroyed
 * LookAgainstTie              peers (collect)                          a peer is not found
 * WeakGetAgainstRelease       weak handles, counts (table)             a count that holds nothing
 * WeakGetAgainstFree          weak handles: places (table)             another's object, two handles in one place
 * </pre>
 *
 * The module's jar is jcstress itself: {@code java -jar target/jcstress.jar}. The build runs each
 * race for a moment.
 */
package dev.holdfast.stress;
