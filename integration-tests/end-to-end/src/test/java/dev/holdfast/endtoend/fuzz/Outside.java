package dev.holdfast.endtoend.fuzz;

import dev.holdfast.endtoend.fuzz.model.Cell;
import java.util.Collection;

/** What a random program does with Holdfast; without the agent, nothing. */
interface Outside {
  /** How many places C has for objects. */
  int PLACES = 24;

  /** Nobody. */
  Outside NOBODY = new Outside() {};

  /** C code begins to read and to hold what it is given. */
  default void begin(long seed) {}

  /** C gets a counted handle, in the place of another that it gives back. */
  default void offer(int place, Cell cell) {}

  /** Java takes back what C has there. */
  default void take(int place) {}

  /** After a write that no byte code shows. */
  default void sync(Cell cell) {}

  /** Counts, resolves and gives back. */
  default void lookAt(Cell cell) {}

  /** All these mirrors must be as their objects, and all structures in order. */
  default void check(Collection<Object> live, boolean thoroughly) {}

  /** C code ends; nothing may be left counted. */
  default void end() {}
}
