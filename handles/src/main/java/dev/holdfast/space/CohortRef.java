package dev.holdfast.space;

import dev.holdfast.arena.Chunk;
import dev.holdfast.hook.Cohort;
import dev.holdfast.table.Owner;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;

/**
 * The one reference object of a cohort: tells of its death, and is its owner in the table. Where
 * its memory is is changed by the collector's thread alone.
 */
public final class CohortRef extends PhantomReference<Cohort> implements Owner, Chunk.Resident {
  private final int index;
  private final long entry;
  private final int stamp;
  private final int bytes;
  private volatile Chunk chunk;
  private volatile Object[] roots;
  private volatile boolean dead;
  private int position;

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
  public int index() {
    return index;
  }

  @Override
  public long entry() {
    return entry;
  }

  @Override
  public int stamp() {
    return stamp;
  }

  @Override
  public int bytes() {
    return bytes;
  }

  @Override
  public int position() {
    return position;
  }

  @Override
  public void position(int at) {
    position = at;
  }

  /** The chunk that holds its memory. */
  public Chunk chunk() {
    return chunk;
  }

  public void chunk(Chunk to) {
    chunk = to;
  }

  @Override
  public Object[] roots() {
    return roots;
  }

  @Override
  public void roots(Object[] objects) {
    roots = objects;
  }

  /** Its token was cleared; the entry is retired. */
  public boolean dead() {
    return dead;
  }

  public void die() {
    dead = true;
  }
}
