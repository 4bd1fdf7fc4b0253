package dev.holdfast.hook;

import dev.holdfast.collect.NativeOps;
import dev.holdfast.fixture.Cell;
import dev.holdfast.jna.NativeRuntime;
import jdk.internal.misc.Unsafe;

/**
 * A cohort that no space owns, with one cell in it and two places to be at: it can be moved to and
 * fro by any thread, thousands of times while the collector would move once. The test sees to the
 * grace period: nobody may use the cell's mirror but its writers, and one thread moves.
 */
public final class LoneCohort {
  private static final Unsafe U = Raw.UNSAFE;
  private static final int BYTES = 32;
  private static final int WAIT_MICROS = 1_000;

  private final NativeOps ops = NativeRuntime.start();
  private final long entry = zeroed(EntryDescriptor.SIZE);
  private final long[] places = {zeroed(BYTES), zeroed(BYTES)};
  private final long move = zeroed(24);
  private final long epoch = zeroed(8);
  private int at;

  /** The cell; adopted. */
  public final Cell cell = new Cell(0);

  public LoneCohort() {
    Layout layout = Mirrors.layoutOf(cell);
    U.putLong(entry + EntryDescriptor.BASE, places[0]);
    U.putLong(entry + EntryDescriptor.READY, 1);
    U.putInt(entry + EntryDescriptor.STATE, EntryDescriptor.NURSERY);
    U.putInt(entry + EntryDescriptor.BYTES, BYTES);
    U.putInt(places[0] + MirrorDescriptor.TYPE_ID, layout.typeId);
    U.putInt(places[0] + MirrorDescriptor.FLAGS, MirrorDescriptor.READY);
    long handle = HandleBits.of(HandleBits.STAMP_MAX, HandleBits.INDEX_LIMIT - 1, 0);
    U.putReference(cell, layout.cohortOffset, new Cohort(entry, handle));
    U.putByte(cell, layout.slotOffset, (byte) 1);
  }

  private static long zeroed(int bytes) {
    long address = (U.allocateMemory(bytes + 64L) + 63) & -64L;
    U.setMemory(address, bytes, (byte) 0);
    return address;
  }

  /** Tries to move it to its other place; whether it did. */
  public boolean move() {
    U.putLong(move, entry);
    U.putLong(move + 8, places[1 - at]);
    U.putInt(move + 16, BYTES);
    boolean moved = ops.move(move, 1, WAIT_MICROS, epoch) == 1;
    at = moved ? 1 - at : at;
    return moved;
  }
}
