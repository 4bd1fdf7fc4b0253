package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.util.CheckClassAdapter;

/**
 * What the agent's option {@code dump} has written.
 *
 * @param classPath of the program: the checker asks for superclasses
 */
record Rewritten(Path dump, List<String> classPath) {
  /** ASM's checker must accept every class, and none of the program's must be missing. */
  void check(Path classes) {
    Map<String, ClassNode> rewritten = passesTheChecker();
    try {
      assertThat(missing(classes, rewritten)).as("classes that are not managed").isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** ASM's checker must accept every class; there are some. Returns them by internal name. */
  Map<String, ClassNode> passesTheChecker() {
    Map<String, ClassNode> rewritten = new HashMap<>();
    List<String> complaints = new ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
      for (Path file : Programs.filesBelow(dump)) {
        ClassReader reader = new ClassReader(Files.readAllBytes(file));
        ClassNode node = new ClassNode();
        reader.accept(node, 0);
        rewritten.put(node.name, node);
        complaints.add(complaint(reader, loader));
      }
      complaints.removeIf(String::isEmpty);
      assertThat(complaints).as("what CheckClassAdapter says of the classes in %s", dump).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(rewritten).as("rewritten classes in %s", dump).isNotEmpty();
    return rewritten;
  }

  private URL[] urls() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(new URL[0]);
  }

  private static String complaint(ClassReader reader, ClassLoader loader) {
    StringWriter text = new StringWriter();
    try {
      reader.accept(new CheckClassAdapter(new ClassWriter(0), false), 0);
      CheckClassAdapter.verify(reader, loader, false, new PrintWriter(text, true));
    } catch (IllegalArgumentException e) {
      if (!e.getMessage().startsWith("Invalid access flags")) { // of Scala 3 in its own classes
        throw e;
      }
    }
    return beyondTheChecker(text.toString()) ? "" : text.toString();
  }

  /** Whether all that it says is that a type is not there which the program can do without. */
  private static boolean beyondTheChecker(String complaint) {
    List<String> errors =
        complaint.lines().filter(line -> line.contains("AnalyzerException: ")).toList();
    return !errors.isEmpty()
        && errors.stream()
            .allMatch(
                line -> line.contains("ClassNotFoundException") && line.endsWith("not present"));
  }

  /**
   * The topmost classes of the program: each must have been given its hidden fields. Those that are
   * never loaded are not asked for.
   */
  private static Set<String> missing(Path classes, Map<String, ClassNode> rewritten)
      throws IOException {
    Map<String, ClassNode> originals = new HashMap<>();
    for (Path file : Programs.filesBelow(classes)) {
      if (file.toString().endsWith(".class")) {
        ClassNode node = new ClassNode();
        new ClassReader(Files.readAllBytes(file)).accept(node, ClassReader.SKIP_CODE);
        originals.put(node.name, node);
      }
    }
    Set<String> missing = new HashSet<>();
    for (ClassNode original : originals.values()) {
      ClassNode after = rewritten.get(original.name);
      boolean topmost = !originals.containsKey(original.superName);
      boolean isInterface = (original.access & Opcodes.ACC_INTERFACE) != 0;
      if (topmost
          && !isInterface
          && after != null
          && after.fields.stream().noneMatch(Rewritten::hidden)) {
        missing.add(original.name);
      }
    }
    assertThat(rewritten.keySet()).containsAnyElementsOf(originals.keySet());
    return missing;
  }

  private static boolean hidden(org.objectweb.asm.tree.FieldNode field) {
    return field.name.equals("$cohort");
  }
}
