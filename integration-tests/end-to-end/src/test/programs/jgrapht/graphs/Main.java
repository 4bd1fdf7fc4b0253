package graphs;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jgrapht.Graph;
import org.jgrapht.alg.clique.BronKerboschCliqueFinder;
import org.jgrapht.alg.color.SaturationDegreeColoring;
import org.jgrapht.alg.connectivity.BiconnectivityInspector;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.alg.cycle.PatonCycleBase;
import org.jgrapht.alg.flow.PushRelabelMFImpl;
import org.jgrapht.alg.matching.SparseEdmondsMaximumCardinalityMatching;
import org.jgrapht.alg.scoring.BetweennessCentrality;
import org.jgrapht.alg.scoring.PageRank;
import org.jgrapht.alg.shortestpath.BellmanFordShortestPath;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.alg.spanning.KruskalMinimumSpanningTree;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.DirectedAcyclicGraph;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.jgrapht.traverse.BreadthFirstIterator;
import org.jgrapht.traverse.DepthFirstIterator;

/** Algorithms on two random graphs; arguments: vertices, edges. */
public final class Main {
  public static void main(String[] args) {
    int vertices = Integer.parseInt(args[0]);
    int edges = Integer.parseInt(args[1]);
    directed(vertices, edges);
    undirected(vertices, edges);
    acyclic(vertices, edges);
  }

  private static <E extends Graph<Integer, DefaultWeightedEdge>> E filled(
      E graph, int vertices, int edges, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < vertices; i++) {
      graph.addVertex(i);
    }
    for (int i = 0; i < edges; i++) {
      int from = random.nextInt(vertices);
      int to = random.nextInt(vertices);
      if (from != to) {
        DefaultWeightedEdge edge = graph.addEdge(from, to);
        if (edge != null) {
          graph.setEdgeWeight(edge, 1 + random.nextInt(100));
        }
      }
    }
    return graph;
  }

  private static void directed(int vertices, int edges) {
    Graph<Integer, DefaultWeightedEdge> graph =
        filled(
            new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class), vertices, edges, 1);
    DijkstraShortestPath<Integer, DefaultWeightedEdge> dijkstra = new DijkstraShortestPath<>(graph);
    BellmanFordShortestPath<Integer, DefaultWeightedEdge> ford =
        new BellmanFordShortestPath<>(graph);
    for (int to = 0; to < vertices; to += 7) {
      System.out.println(
          to + " " + dijkstra.getPathWeight(0, to) + " " + ford.getPathWeight(0, to));
    }
    System.out.println(dijkstra.getPath(0, vertices - 1));
    System.out.println(
        "components "
            + new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets().size());
    System.out.println(
        "flow " + new PushRelabelMFImpl<>(graph).getMaximumFlowValue(0, vertices - 1));
    Map<Integer, Double> ranks = new TreeMap<>(new PageRank<>(graph).getScores());
    ranks.forEach((vertex, rank) -> System.out.println("rank " + vertex + " " + rank));
    new BreadthFirstIterator<>(graph, 0).forEachRemaining(v -> System.out.print(v + " "));
    System.out.println();
  }

  private static void undirected(int vertices, int edges) {
    Graph<Integer, DefaultWeightedEdge> graph =
        filled(new SimpleWeightedGraph<>(DefaultWeightedEdge.class), vertices, edges, 2);
    // Sorted: the set's order is that of identity hash codes.
    Set<String> tree = new TreeSet<>();
    new KruskalMinimumSpanningTree<>(graph)
        .getSpanningTree()
        .forEach(edge -> tree.add(edge.toString()));
    System.out.println("tree " + tree);
    System.out.println("blocks " + new BiconnectivityInspector<>(graph).getBlocks().size());
    System.out.println(
        "colours " + new SaturationDegreeColoring<>(graph).getColoring().getNumberColors());
    System.out.println(
        "matching "
            + new SparseEdmondsMaximumCardinalityMatching<>(graph).getMatching().getEdges().size());
    System.out.println("cycles " + new PatonCycleBase<>(graph).getCycleBasis().getLength());
    int cliques = 0;
    Set<String> largest = new TreeSet<>();
    for (Set<Integer> clique : new BronKerboschCliqueFinder<>(graph)) {
      cliques++;
      if (clique.size() > 3) {
        largest.add(new TreeSet<>(clique).toString());
      }
    }
    System.out.println("cliques " + cliques + " " + largest);
    Map<Integer, Double> between = new TreeMap<>(new BetweennessCentrality<>(graph).getScores());
    System.out.println("between " + between);
  }

  private static void acyclic(int vertices, int edges) {
    DirectedAcyclicGraph<Integer, DefaultWeightedEdge> graph =
        new DirectedAcyclicGraph<>(DefaultWeightedEdge.class);
    Random random = new Random(3);
    for (int i = 0; i < vertices; i++) {
      graph.addVertex(i);
    }
    int refused = 0;
    for (int i = 0; i < edges; i++) {
      try {
        graph.addEdge(random.nextInt(vertices), random.nextInt(vertices));
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    System.out.println("refused " + refused);
    graph.iterator().forEachRemaining(v -> System.out.print(v + " "));
    System.out.println();
    new DepthFirstIterator<>(graph, 0).forEachRemaining(v -> System.out.print(v + " "));
    System.out.println();
  }
}
