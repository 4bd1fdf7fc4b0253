package dev.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.demo.model.ClassNode;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PageRankTest {
  private static final Progress SILENT = new Progress(System.err, true);

  @Test
  void convergesToTheSolutionOfItsEquations() {
    // a -> b, a -> c, b -> c; c refers to none, so it gives a third to each
    ClassNode a = new ClassNode("a", 0);
    ClassNode b = new ClassNode("b", 1);
    ClassNode c = new ClassNode("c", 2);
    a.setNext(b);
    b.setNext(c);
    a.refersTo(b);
    a.refersTo(c);
    b.refersTo(c);

    double[] rank = PageRank.of(new JdkGraph(a, 3, 3), 200, SILENT);

    double base = 0.15 / 3 + 0.85 * rank[2] / 3;
    assertThat(rank[0]).isCloseTo(base, within(1e-12));
    assertThat(rank[1]).isCloseTo(base + 0.85 * rank[0] / 2, within(1e-12));
    assertThat(rank[2]).isCloseTo(base + 0.85 * (rank[0] / 2 + rank[1]), within(1e-12));
    assertThat(DoubleStream.of(rank).sum()).isCloseTo(1, within(1e-12));
  }
}
