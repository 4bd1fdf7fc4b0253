package dev.holdfast.demo;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.holdfast.Handle;

/** {@code pagerank.h}, function for function. */
interface PageRankLibrary extends Library {
  /** Called by C after each iteration, on the thread that called it. */
  interface Iterated extends Callback {
    void iterated(int done, int of);
  }

  int pagerank_new(Handle root, int nodes, PointerByReference out);

  int pagerank_run(Pointer self, int iterations, double damping, Iterated iterated);

  void pagerank_ranks(Pointer self, double[] out);

  int pagerank_keep_top(Pointer self, int count);

  int pagerank_take_top(Pointer self, int count, long[] out);

  int pagerank_compare(Pointer self, double[] difference);

  long pagerank_moves_seen(Pointer self);

  String pagerank_error(Pointer self);

  void pagerank_free(Pointer self);
}
