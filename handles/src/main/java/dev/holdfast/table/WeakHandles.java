package dev.holdfast.table;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Weak handles: numbers by which C asks whether an object lives.
 *
 * <pre>
 *  63 | 62 | 61 .. 54 | 53 ........... 32 | 31 ..... 3 | 2 1 0
 *   0 |  1 |    0     | use of the place  | place      | 0 0 0
 * </pre>
 *
 * Bit 55, which every {@code hf_ref} has, is clear. A place is used again with the next number of
 * use, and never again when those are used up, so a freed handle is known for ever. Any thread.
 */
public final class WeakHandles {
  private static final long TAG = 1L << 62;
  private static final int USE_SHIFT = 32;
  private static final int USES = 1 << 22;
  private static final int PLACE_SHIFT = 3;
  private static final int PLACES = 1 << 29;

  private static final class Place {
    int use = 1;
    WeakReference<Object> object; // null while free
  }

  private final List<Place> places = new ArrayList<>();
  private final IntStack free = new IntStack();

  /**
   * A new one, which {@link #free} gives back.
   *
   * @throws HandleException ENOMEM if there are 2^29 already
   */
  public synchronized long make(Object object) {
    int at = free.isEmpty() ? places.size() : free.pop();
    if (at == places.size()) {
      if (at == PLACES) {
        throw new HandleException(Status.ENOMEM, PLACES + " weak handles, the limit");
      }
      places.add(new Place());
    }
    Place place = places.get(at);
    place.object = new WeakReference<>(object);
    return TAG | (long) place.use << USE_SHIFT | (long) at << PLACE_SHIFT;
  }

  /**
   * The object, or null if it has died.
   *
   * @throws HandleException EINVAL if it was freed, or never made
   */
  public synchronized Object get(long weak) {
    return place(weak).object.get();
  }

  /** Ends its use; throws as {@link #get}. */
  public synchronized void free(long weak) {
    Place place = place(weak);
    place.object = null;
    place.use++;
    if (place.use < USES) {
      free.push(at(weak));
    }
  }

  private static int at(long weak) {
    return (int) weak >>> PLACE_SHIFT;
  }

  private Place place(long weak) {
    int at = at(weak);
    Place place = at < places.size() ? places.get(at) : null;
    boolean known =
        place != null
            && place.object != null
            && weak == (TAG | (long) place.use << USE_SHIFT | (long) at << PLACE_SHIFT);
    if (!known) {
      throw new HandleException(
          Status.EINVAL, "0x" + Long.toHexString(weak) + ": no weak handle, or freed already");
    }
    return place;
  }
}
