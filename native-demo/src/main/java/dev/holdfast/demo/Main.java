package dev.holdfast.demo;

import dev.holdfast.demo.model.ClassNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;

/**
 * Reads every class file of the running JDK, links who refers to whom, and has a C library compute
 * PageRank on the objects themselves, while other threads allocate. Then Java does the same, and
 * all ranks are compared.
 */
public final class Main {
  private static final int TOP = 20;
  private static final double TOLERANCE = 1e-9;
  private static final String AGENT =
      "-javaagent:agent/target/holdfast.jar=include=dev.holdfast.demo.model.*";

  private final PrintStream out = System.out;
  private final Progress progress = Progress.onStandardError();
  private final Options options;

  private Main(Options options) {
    this.options = options;
  }

  /** Exit codes: 0 all ranks agree, 1 they do not, or it failed, 2 wrong arguments or no agent. */
  public static void main(String... arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("native-demo: " + e.getMessage() + "; " + Options.USAGE);
      System.exit(2);
      return;
    }
    if (!agentIsThere()) {
      System.err.println("native-demo: C cannot read these objects: add " + AGENT);
      System.exit(2);
    }
    try {
      System.exit(new Main(options).run() ? 0 : 1);
    } catch (PageRankException e) {
      System.err.println("native-demo: " + e.getMessage());
      System.exit(1);
    }
  }

  private static boolean agentIsThere() {
    try {
      return NativePageRank.isReadable(new ClassNode("probe", 0));
    } catch (NoClassDefFoundError e) {
      return false; // Holdfast's own classes come with the agent
    }
  }

  private boolean run() throws Exception {
    long start = System.nanoTime();
    JdkGraph graph = JdkGraph.read(options.limit(), progress);
    double buildSeconds = secondsSince(start);

    double[] inC;
    double[] inJava;
    double fromFields;
    List<ClassNode> top;
    try (NativePageRank rank = new NativePageRank(graph)) {
      double cSeconds;
      double javaSeconds;
      long allocated;
      double collectorPercent;
      try (Allocators allocators = new Allocators(options.allocators())) {
        CollectorShare collector = new CollectorShare();
        start = System.nanoTime();
        inC = rank.ranks(options.iterations(), progress);
        cSeconds = secondsSince(start);

        start = System.nanoTime();
        inJava = PageRank.of(graph, options.iterations(), progress);
        javaSeconds = secondsSince(start);
        for (ClassNode node = graph.root(); node != null; node = node.next()) {
          node.setRank(inJava[node.index()]);
        }
        fromFields = rank.differenceFromFields();
        rank.keepTop(TOP);
        allocated = allocators.made();
        collectorPercent = collector.percent();
      }
      out.printf(
          "%ngraph of %,d classes and %,d references built in %.2f s%n",
          graph.nodes(), graph.edges(), buildSeconds);
      out.printf("PageRank, %,d iterations: C %.2f s", options.iterations(), cSeconds);
      out.printf(", Java %.2f s%n", javaSeconds);
      out.printf("meanwhile %,d threads made %,d objects more", options.allocators(), allocated);
      out.printf(", and C saw %,d times that a node's mirror had moved%n", rank.movesSeen());
      out.printf("the collector's thread took %.1f %% of the machine%n", collectorPercent);
      out.printf("%nwhile C keeps the root and the %d highest:%n", TOP);
      Figures.print(out);
      top = rank.takeTop(TOP);
    }
    printTop(graph, top, inC, inJava);
    boolean equal = agree(inC, inJava, fromFields, top);
    return allGivenBack() && equal;
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private void printTop(JdkGraph graph, List<ClassNode> top, double[] inC, double[] inJava) {
    int[] referredBy = graph.inDegrees();
    out.printf("%n%3s  %-40s %11s %12s %12s%n", "", "class", "referred by", "rank in C", "in Java");
    for (int i = 0; i < top.size(); i++) {
      int index = top.get(i).index();
      out.printf(
          "%3d  %-40s %,11d %12.9f %12.9f%n",
          i + 1, top.get(i), referredBy[index], inC[index], inJava[index]);
    }
    out.println();
  }

  private boolean agree(double[] inC, double[] inJava, double fromFields, List<ClassNode> top) {
    double difference = 0;
    double sum = 0;
    for (int i = 0; i < inC.length; i++) {
      difference = Math.max(difference, Math.abs(inC[i] - inJava[i]));
      sum += inC[i];
    }
    boolean complete = top.size() == Math.min(TOP, inC.length);
    boolean equal =
        difference <= TOLERANCE
            && fromFields <= TOLERANCE
            && Math.abs(sum - 1) <= TOLERANCE
            && complete;
    out.printf(
        "%s: of %,d ranks the greatest difference is %.1e between C and Java, %.1e between C and"
            + " the fields that Java wrote (limit %.0e); their sum is %.9f%n",
        equal ? "equal" : "NOT EQUAL", inC.length, difference, fromFields, TOLERANCE, sum);
    if (!complete) {
      out.printf("C gave back %d nodes, not %d%n", top.size(), Math.min(TOP, inC.length));
    }
    return equal;
  }

  /** Handles that C gives back are uncounted by Holdfast's own thread, soon after. */
  private boolean allGivenBack() throws JMException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    long counted = Figures.handlesCounted();
    while (counted != 0 && System.nanoTime() < deadline) {
      Thread.sleep(10);
      counted = Figures.handlesCounted();
    }
    if (counted == 0) {
      out.println("all handles were given back");
    } else {
      out.printf("%,d HANDLES WERE NOT GIVEN BACK%n", counted);
    }
    return counted == 0;
  }
}
