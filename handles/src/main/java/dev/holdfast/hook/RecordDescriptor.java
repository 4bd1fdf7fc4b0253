package dev.holdfast.hook;

/**
 * A thread's record ({@code struct hfi_record}): 128 bytes, 64-aligned, never freed; written by its
 * thread.
 *
 * <pre>
 *   0 counter (write-section mark) | in use (0 free, 1 a thread's, 2 counters only)
 *   8 scope: 0, or the epoch that was read when the outermost scope opened
 *  16 next record
 *  24 thread id (gettid, or the Java tid)
 *  32 depth of scopes              | kind (1 C thread, 2 Java thread)
 *  40 since when an explicit scope is open (CLOCK_MONOTONIC, ns), 0 none
 *  48 return address of hf_enter
 *  64 retains   72 releases   80 stale uses   88 over-releases   96 uncounted uses  104 moves cancelled
 * </pre>
 */
public final class RecordDescriptor {
  public static final int COUNTER = 0;
  public static final int IN_USE = 4;
  public static final int SCOPE = 8;
  public static final int NEXT = 16;
  public static final int TID = 24;
  public static final int DEPTH = 32;
  public static final int KIND = 36;
  public static final int SINCE = 40;
  public static final int CALLER = 48;
  public static final int RETAINS = 64;
  public static final int RELEASES = 72;
  public static final int STALE = 80;
  public static final int OVER_RELEASES = 88;
  public static final int UNCOUNTED = 96;
  public static final int CANCELLED = 104;
  public static final int SIZE = 128;

  /** In use by a thread. */
  public static final int THREADS = 1;

  /** In use for its counters only. */
  public static final int NO_THREADS = 2;

  public static final int KIND_C = 1;
  public static final int KIND_JAVA = 2;

  private RecordDescriptor() {}
}
