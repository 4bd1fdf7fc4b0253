/**
 * The native table of entries, the counts, and who is strongly held because C counts it.
 *
 * <h2>Counts</h2>
 *
 * <pre>
 * who                              step                                                ordering
 * any thread (C, Java)  retain     CAS count word n to n+1, only for n &gt;= 1               seq_cst
 *                       release    CAS n to n-1, never below 0                          seq_cst
 *                                  at 0 (C): exchange(queued,1)==0 ? push on the queue
 * Java, stripe lock     0 to 1     root := object, then CAS word to stamp:1             lock
 * drain, one at a time  take       CAS draining 0 to 1, else leave it to the other      seq_cst
 *                                  exchange(head, 0)
 *                                  read next, then exchange(queued, 0)                  seq_cst, before the counts
 *       stripe lock     settle     count == 0 and rooted ? root := null                 lock
 *                       end        draining := 0, also after an Error                   volatile
 * </pre>
 *
 * The count word of a slot is 64 bits: the stamp that it counts for in the high half, the count in
 * the low. The compare of each CAS so covers the stamp: a stale handle can never count on an
 * entry's next owner, and {@code hf_retain} and {@code hf_release} need no scope. (The design page
 * has 32-bit words, which need the scope and the grace period for that; this is simpler and
 * faster.) Words belong to their entry for ever and are not reset when it is recycled: whatever an
 * old word holds, its count is 0, because a counted object is strongly held.
 *
 * <p>Clearing {@code queued} before looking at the counts pairs with the C side's setting it after
 * its decrement: either the drain sees the 0, or C sees the cleared flag and pushes again. A drain
 * may meet an entry's next owner, and does nothing if that is counted. A drain runs on program
 * threads too, whose stack may end in it: what it has taken and not settled stays in two fields for
 * the next, and settling twice is settling once.
 *
 * <h2>Entries</h2>
 *
 * FREE to NURSERY (allotted) to OLD (moved) to RETIRED (token cleared, stamp incremented, grace
 * period) to FREE; FREE to OPAQUE to RETIRED. The stamp grows at retirement, not at reuse, so that
 * from the moment of death on no stale handle is taken for a living one. An entry whose stamp would
 * wrap stays RETIRED.
 *
 * <p>Locks, in this order: opaque map, stripe of an entry; the list of free entries is a leaf.
 */
package dev.holdfast.table;
