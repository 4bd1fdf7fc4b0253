package dev.holdfast.demo;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.demo.model.ClassNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The C library's PageRank. All that this program knows of Holdfast is here: how handles go over
 * and come back.
 */
final class NativePageRank implements AutoCloseable {
  private final PageRankLibrary library = Native.load("pagerank", PageRankLibrary.class);
  private final int nodes;
  private Pointer self;

  /** Hands the graph's first node to C, which keeps it until {@link #close()}. */
  NativePageRank(JdkGraph graph) {
    nodes = graph.nodes();
    PointerByReference out = new PointerByReference();
    int status;
    try (Handle root = Holdfast.handle(graph.root())) {
      status = library.pagerank_new(root, nodes, out);
    }
    self = out.getValue();
    check("pagerank_new", status);
  }

  /** Whether objects of this class can be read by C; false without the agent. */
  static boolean isReadable(Object object) {
    return Holdfast.isManaged(object);
  }

  /** Iterates in C, and gives the ranks by {@link ClassNode#index()}. */
  double[] ranks(int iterations, Progress progress) {
    PageRankLibrary.Iterated iterated = (done, of) -> progress.show("PageRank in C", done, of);
    check("pagerank_run", library.pagerank_run(self, iterations, PageRank.DAMPING, iterated));
    double[] ranks = new double[nodes];
    library.pagerank_ranks(self, ranks);
    return ranks;
  }

  /** Has C keep the nodes of the highest ranks, as counted handles. */
  void keepTop(int count) {
    check("pagerank_keep_top", library.pagerank_keep_top(self, count));
  }

  /** The nodes that C kept, the highest first; C hands its counts over. */
  List<ClassNode> takeTop(int count) {
    long[] handles = new long[count];
    int taken = library.pagerank_take_top(self, count, handles);
    List<ClassNode> top = new ArrayList<>();
    for (int i = 0; i < taken; i++) {
      top.add(Holdfast.take(handles[i], ClassNode.class));
    }
    return top;
  }

  /**
   * The greatest difference between C's ranks and those that Java wrote into the nodes, as C reads
   * them there.
   */
  double differenceFromFields() {
    double[] difference = new double[1];
    check("pagerank_compare", library.pagerank_compare(self, difference));
    return difference[0];
  }

  /** How often C met a node's mirror at another address than the time before. */
  long movesSeen() {
    return library.pagerank_moves_seen(self);
  }

  private void check(String function, int status) {
    if (status != 0) {
      String why = self == null ? "out of memory" : library.pagerank_error(self);
      close();
      throw new PageRankException(function + ": " + why);
    }
  }

  @Override
  public void close() {
    if (self != null) {
      library.pagerank_free(self);
      self = null;
    }
  }
}
