package dev.holdfast.space;

import dev.holdfast.arena.Chunk;
import dev.holdfast.hook.Cohort;
import dev.holdfast.table.Owner;
import dev.holdfast.table.Vacated;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;

/**
 * The one reference object of a cohort: tells of its death, and is its owner in the table. Where
 * its memory is is changed by the collector's thread alone.
 */
public class CohortRef extends PhantomReference<Cohort> implements Owner, Chunk.Resident, Vacated {
  private final int index;
  private final long entry;
  private final int stamp;
  private final int bytes;
  private volatile Chunk chunk;
  private volatile Object[] roots;
  private volatile boolean dead;
  private int position;
  private Vacated next;

  CohortRef(
      Cohort token, ReferenceQueue<Cohort> queue, int index, int stamp, int bytes, Chunk chunk) {
    super(token, queue);
    this.index = index;
    this.entry = token.entry;
    this.stamp = stamp;
    this.bytes = bytes;
    this.chunk = chunk;
  }

  @Override
  public final int index() {
    return index;
  }

  @Override
  public final long entry() {
    return entry;
  }

  @Override
  public final int stamp() {
    return stamp;
  }

  @Override
  public final int bytes() {
    return bytes;
  }

  @Override
  public final int position() {
    return position;
  }

  @Override
  public final void position(int at) {
    position = at;
  }

  @Override
  public final Vacated next() {
    return next;
  }

  @Override
  public final void next(Vacated link) {
    next = link;
  }

  /** The chunk that holds its memory, or held it last. */
  @Override
  public final Chunk chunk() {
    return chunk;
  }

  public final void chunk(Chunk to) {
    chunk = to;
  }

  @Override
  public final Object[] roots() {
    return roots;
  }

  @Override
  public final void roots(Object[] objects) {
    roots = objects;
  }

  /** Its token was cleared; the entry is retired. */
  public final boolean dead() {
    return dead;
  }

  public final void die() {
    dead = true;
  }
}
