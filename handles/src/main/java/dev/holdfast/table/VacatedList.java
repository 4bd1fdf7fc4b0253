package dev.holdfast.table;

/** First in, first out, and never allocates. Guarded by its user. */
public final class VacatedList {
  private Vacated first;
  private Vacated last;

  public boolean isEmpty() {
    return first == null;
  }

  /** Adds one that is in no list. */
  public void add(Vacated one) {
    if (last == null) {
      first = one;
    } else {
      last.next(one);
    }
    last = one;
  }

  /** Takes the first, or null. */
  public Vacated poll() {
    Vacated one = first;
    if (one != null) {
      first = one.next();
      one.next(null);
      if (first == null) {
        last = null;
      }
    }
    return one;
  }

  /** Takes all of another list. */
  public void addAll(VacatedList other) {
    if (other.first == null) {
      return;
    }
    if (last == null) {
      first = other.first;
    } else {
      last.next(other.first);
    }
    last = other.last;
    other.first = null;
    other.last = null;
  }
}
