package dev.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.demo.model.ClassNode;
import dev.holdfast.demo.model.Edge;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdkGraphTest {
  private static final Progress SILENT = new Progress(System.err, true);
  private static final int LIMIT = 1000;

  private static JdkGraph graph;
  private static Map<String, ClassNode> byName;

  @BeforeAll
  static void read() throws IOException {
    graph = JdkGraph.read(LIMIT, SILENT);
    byName = new HashMap<>();
    for (ClassNode node = graph.root(); node != null; node = node.next()) {
      byName.put(node.name(), node);
    }
  }

  @Test
  void linksEachClassOnceAndNumbersItByItsPlace() {
    int place = 0;
    for (ClassNode node = graph.root(); node != null; node = node.next()) {
      assertThat(node.index()).isEqualTo(place++);
    }
    assertThat(place).isEqualTo(graph.nodes()).isEqualTo(LIMIT);
    assertThat(byName).hasSize(LIMIT).containsKey("java.lang.String");
  }

  @Test
  void linksWhatAClassNamesAndNeverItself() {
    ClassNode string = byName.get("java.lang.String");
    assertThat(targets(string))
        .contains(
            byName.get("java.lang.Object"), // superclass
            byName.get("java.lang.CharSequence"), // interface, in descriptors
            byName.get("java.lang.StringLatin1")) // called
        .doesNotContain(string)
        .doesNotContain(byName.get("java.lang.Process"));
  }

  @Test
  void countsEveryReferenceOnce() {
    long edges = 0;
    int[] inDegrees = graph.inDegrees();
    for (ClassNode node : byName.values()) {
      List<ClassNode> targets = targets(node);
      Set<ClassNode> once = new HashSet<>(targets);
      assertThat(targets).as("%s", node).hasSize(once.size()).hasSize(node.outDegree());
      edges += targets.size();
    }
    assertThat(graph.edges()).isEqualTo(edges);
    long arrivals = 0;
    for (int degree : inDegrees) {
      arrivals += degree;
    }
    assertThat(arrivals).isEqualTo(edges);
  }

  @Test
  void findsTypesOfFieldsMethodsCallsAndArrays() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("JdkGraphTest$Named.class")) {
      assertThat(ClassReferences.of(in.readAllBytes()))
          .contains(
              "java/util/BitSet",
              "java/util/Locale",
              "java/util/Currency",
              "java/util/OptionalInt",
              "java/util/Random");
    }
  }

  private static List<ClassNode> targets(ClassNode node) {
    List<ClassNode> targets = new ArrayList<>();
    for (Edge edge = node.firstEdge(); edge != null; edge = edge.next()) {
      targets.add(edge.target());
    }
    return targets;
  }

  /** Names one class in each way. */
  abstract static class Named {
    java.util.BitSet field;
    java.util.Locale[][] array;

    abstract java.util.Currency declared(int[] primitive);

    Object called() {
      return java.util.OptionalInt.empty();
    }

    boolean tested(Object object) {
      return object instanceof java.util.Random[];
    }
  }
}
