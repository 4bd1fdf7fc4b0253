package dev.holdfast.endtoend.support;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.holdfast.Holdfast;
import java.util.Map;

/** The C library {@code probe.c}: sees Java objects as C code does. Handles are plain bits here. */
public interface Probe extends Library {
  /** The library, bound to the running Holdfast. */
  Probe C = load();

  private static Probe load() {
    Holdfast.releaseFunction(); // the runtime, which probe_init looks for
    Probe probe = Native.load("probe", Probe.class, Map.of());
    Check.equal(0, probe.probe_init(), "hf_init");
    return probe;
  }

  int probe_init();

  /** hf_last_status. */
  int probe_status();

  /** hf_last_error. */
  String probe_error();

  long probe_retain(long ref);

  void probe_release(long ref);

  int probe_count(long ref);

  /** hf_type_find: 0 for a class that has no mirrors. */
  int probe_type(String name);

  /** hf_type_name of hf_type_of. */
  String probe_type_of(long ref);

  int probe_instance_of(long ref, String type);

  /**
   * Reads a field of any kind by name, widened to 64 bits.
   *
   * @param type class in whose eyes the name is looked up, null for the object's own
   * @return the field's kind, or a negative status
   */
  int probe_read(long ref, String type, String field, long[] bits);

  int probe_layout(String type, long fingerprint);

  long probe_retain_field(long owner, String field);

  /** hf_retain_path of one step. */
  long probe_follow(long owner, String field, int times);

  /** hf_retain_field on a thread that the JVM does not know. */
  long probe_retain_field_elsewhere(long owner, String field, int[] status);

  long probe_text(long owner, String field, byte[] buffer, long capacity);

  /**
   * Walks a list in one scope, over the mirrors: sums up {@code value}.
   *
   * @return the number of nodes, or a negative status
   */
  long probe_walk(long head, String next, String value, long[] sum);

  /**
   * Starts threads that walk the list over and over; each node's {@code twice} must be 2 * {@code
   * id}, ids must count down to 0, and {@code version} must never fall.
   */
  int probe_walkers_start(long head, int threads);

  /** Walks that came through so far, or a negative number: what went wrong. */
  long probe_walkers_walks();

  /** Ends them, and returns the same. */
  long probe_walkers_stop();

  /** Threads that retain and release at random, and leave every count as it was. */
  int probe_hammer(long[] refs, int n, int threads, int rounds);

  /** Releases each of them, on threads of its own. */
  int probe_release_all(long[] refs, int n, int threads);

  /** Threads that call in everything until the process ends, each holding a count of its own. */
  int probe_disturb(long ref, String field, String text, int threads);

  /** Calls made so far by {@link #probe_disturb}. */
  long probe_disturbances();

  /** What a forked child is answered, as its exit code: minus the status of hf_retain. */
  int probe_fork(long ref);

  /** Has a library that is loaded for this one take the handle, and unloads it. */
  int probe_guest_takes(String path, long ref);

  /** Calls the destroy functions that unloaded guests have left. */
  int probe_guests_destroy();

  /** hf_pin and hf_unpin around a look at a 32-bit field; 1 if the pointer stayed the same. */
  int probe_pinned_stays(long ref, Pointer between);

  /**
   * Starts threads that read, count and hold what is offered: objects of this class or of a
   * subclass, whose {@code check} follows from their {@code id}.
   */
  int probe_exchange_start(String type, int places, int readers, int holders, int seed);

  /** Gives C a counted handle. */
  void probe_exchange_offer(int place, long ref);

  /** Takes a counted handle from C; 0 if none is there. */
  long probe_exchange_take(int place);

  /**
   * Ends the threads and gives back all that C has.
   *
   * @return how often C has looked at an object, or a negative number
   */
  long probe_exchange_stop();

  /** What C found wrong first. */
  String probe_exchange_failure();

  /** hf_retain, in a file that was compiled with its places, as the next three. */
  long probe_leak(long ref);

  long probe_leak_field(long owner, String field);

  long probe_leak_elements(long list, long n, long[] out);

  /** hf_release. */
  void probe_drop(long ref);

  /**
   * Ties a C struct to an object, as its peer, which refers to a target.
   *
   * @param held 1: the owner holds the target; 0: the struct counts it
   * @param library 0 or 1, whose key it is; the destroy function of 1 calls {@code age()} of a
   *     target that it has counted
   */
  int probe_tie(long owner, long target, int held, int library);

  /** The target of the struct that is tied to an object, 0 if there is none. */
  long probe_tied_to(long owner, int library);

  /** How many structs of the library were destroyed. */
  int probe_destroyed(int library);

  /** The sum of what the calls of {@code age()} gave. */
  long probe_ages();

  /**
   * Calls {@code descend(depth, throws)} of the object.
   *
   * @return 1 and what that gave; -1000 if C's exception came up through it
   */
  int probe_descend(long ref, int depth, int throwing);

  /** A counted handle of a new object. */
  long probe_new(String type, String descriptor, int number, long next);

  /**
   * Makes so many objects on a thread that the JVM does not know, and looks at each.
   *
   * @return how many were right
   */
  int probe_make_elsewhere(String type, String descriptor, long next, int rounds);

  /** The same on this thread. */
  int probe_make_here(String type, String descriptor, long next, int rounds);
}
