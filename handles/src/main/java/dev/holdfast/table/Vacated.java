package dev.holdfast.table;

import dev.holdfast.arena.Chunk;

/**
 * What is out of use and may not be reused yet: the memory of a cohort, an entry, or both. It is a
 * link of the lists that it waits in, one at a time, so that noting it allocates nothing: at that
 * moment there is no way back.
 */
public interface Vacated {
  /** Where the memory is; null when it is an entry alone. */
  Chunk chunk();

  /** Bytes of memory. */
  int bytes();

  /** The retired entry, or -1 when it is memory alone. */
  int index();

  /** The next in its {@link VacatedList}, which writes it. */
  Vacated next();

  void next(Vacated link);
}
