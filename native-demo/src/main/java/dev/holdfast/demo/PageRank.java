package dev.holdfast.demo;

import dev.holdfast.demo.model.ClassNode;
import dev.holdfast.demo.model.Edge;
import java.util.Arrays;

/**
 * PageRank by power iteration: the reference that the C library is compared with. A node gives
 * {@code damping} of its rank to its targets in equal parts; one without targets gives it to all
 * nodes.
 */
final class PageRank {
  static final double DAMPING = 0.85;

  private PageRank() {}

  /** The ranks by {@link ClassNode#index()}; their sum is 1. */
  static double[] of(JdkGraph graph, int iterations, Progress progress) {
    int nodes = graph.nodes();
    double[] rank = new double[nodes];
    double[] given = new double[nodes];
    Arrays.fill(rank, 1.0 / nodes);
    for (int i = 0; i < iterations; i++) {
      Arrays.fill(given, 0);
      double lost = 0;
      for (ClassNode node = graph.root(); node != null; node = node.next()) {
        double own = rank[node.index()];
        if (node.outDegree() == 0) {
          lost += own;
          continue;
        }
        double share = own / node.outDegree();
        for (Edge edge = node.firstEdge(); edge != null; edge = edge.next()) {
          given[edge.target().index()] += share;
        }
      }
      for (int at = 0; at < nodes; at++) {
        rank[at] = (1 - DAMPING) / nodes + DAMPING * (given[at] + lost / nodes);
      }
      progress.show("PageRank in Java", i + 1, iterations);
    }
    return rank;
  }
}
