package dev.holdfast.collect;

/** Records who retained what, in the debug mode. Any thread; slow on purpose. */
public interface RetainWatch {
  /** Records one in so many retains from now on, those of C too; 0 ends it and forgets all. */
  void sample(int oneIn);

  /** The calling Java code has retained a handle. */
  void retained(long handle);

  /** A handle was retained for the C code that is waiting for this thread's answer. */
  void given(long handle);

  /**
   * The calling Java code has given a count back.
   *
   * @param last whether none is left
   */
  void released(long handle, boolean last);

  /** Where a handle's last count was given back, as a phrase to append; empty if unknown. */
  String releasedAt(long handle);

  /** The text of a message of C, with the stacks that it names by number. */
  String explain(String message);

  /** What is counted now and by whom, grouped by place, oldest first; a text of lines. */
  String report();
}
