package dev.holdfast.demo;

import dev.holdfast.demo.model.ClassNode;
import dev.holdfast.demo.model.Edge;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which class of the running JDK refers to which, as linked {@link ClassNode}s.
 *
 * @param root the first node
 * @param nodes how many there are
 * @param edges references between them
 */
record JdkGraph(ClassNode root, int nodes, long edges) {
  private static final Path MODULES =
      FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");

  private static final Path FIRST = MODULES.resolve("java.base/java");

  /**
   * Reads the JDK's class files.
   *
   * @param limit of the number of classes, those of {@code java.*} in {@code java.base} first
   */
  static JdkGraph read(int limit, Progress progress) throws IOException {
    List<Path> files = classFiles(limit);
    Map<String, ClassNode> byName = new HashMap<>(files.size() * 2);
    List<ClassNode> nodes = new ArrayList<>(files.size());
    ClassNode last = null;
    for (Path file : files) {
      String name = nameOf(file);
      ClassNode node = new ClassNode(name.replace('/', '.'), nodes.size());
      if (last != null) {
        last.setNext(node);
      }
      last = node;
      nodes.add(node);
      byName.put(name, node);
    }
    long edges = 0;
    for (int i = 0; i < files.size(); i++) {
      ClassNode node = nodes.get(i);
      for (String name : ClassReferences.of(Files.readAllBytes(files.get(i)))) {
        ClassNode target = byName.get(name);
        if (target != null && target != node) {
          node.refersTo(target);
          edges++;
        }
      }
      progress.show("reading the JDK's classes", i + 1, files.size());
    }
    return new JdkGraph(nodes.get(0), nodes.size(), edges);
  }

  /** How many classes refer to each, by {@link ClassNode#index()}. */
  int[] inDegrees() {
    int[] degrees = new int[nodes];
    for (ClassNode node = root; node != null; node = node.next()) {
      for (Edge edge = node.firstEdge(); edge != null; edge = edge.next()) {
        degrees[edge.target().index()]++;
      }
    }
    return degrees;
  }

  /** Does not look beyond {@code FIRST} for a few. */
  private static List<Path> classFiles(int limit) throws IOException {
    List<Path> files = new ArrayList<>(classFiles(FIRST));
    if (files.size() < limit) {
      classFiles(MODULES).stream().filter(file -> !file.startsWith(FIRST)).forEach(files::add);
    }
    return files.subList(0, Math.min(limit, files.size()));
  }

  private static List<Path> classFiles(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.endsWith("module-info.class"))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  /** {@code /modules/java.base/java/lang/Object.class} holds {@code java/lang/Object}. */
  private static String nameOf(Path file) {
    String path = file.subpath(2, file.getNameCount()).toString();
    return path.substring(0, path.length() - ".class".length());
  }
}
