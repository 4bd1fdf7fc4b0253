package dev.holdfast.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.options.Selection;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.util.CheckClassAdapter;

/**
 * Rewrites whole libraries, every class of which is managed, and has the JVM's verifier and ASM's
 * checker look at the result.
 */
class CorpusTest {
  /** Defines the classes of one jar as they are in a map, and links them. */
  private static final class Linking extends ClassLoader {
    private final Map<String, byte[]> classFiles;

    Linking(Map<String, byte[]> classFiles) {
      super(CorpusTest.class.getClassLoader());
      this.classFiles = classFiles;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        byte[] classFile = classFiles.get(name.replace('.', '/'));
        Class<?> loaded = findLoadedClass(name);
        if (classFile == null || loaded != null) {
          return loaded != null ? loaded : super.loadClass(name, resolve);
        }
        return defineClass(name, classFile, 0, classFile.length);
      }
    }

    /** What the verifier says against a class; null if nothing. A missing library is nothing. */
    String verify(String name) {
      try {
        // HotSpot links a class before it lists its methods, and verifies before it links
        return loadClass(name.replace('/', '.')).getDeclaredMethods() == null ? name : null;
      } catch (VerifyError | ClassFormatError e) {
        return e.toString();
      } catch (ClassNotFoundException | LinkageError e) {
        return null;
      }
    }
  }

  private static Map<String, byte[]> classesBeside(String className) throws Exception {
    Map<String, byte[]> classes = new TreeMap<>();
    try (JarFile jar = new JarFile(jarOf(className))) {
      for (JarEntry entry : jar.stream().toList()) {
        String name = entry.getName();
        if (name.endsWith(".class") && !name.contains("META-INF") && !name.contains("-info")) {
          try (InputStream in = jar.getInputStream(entry)) {
            classes.put(name.substring(0, name.length() - ".class".length()), in.readAllBytes());
          }
        }
      }
    }
    return classes;
  }

  private static File jarOf(String className)
      throws ClassNotFoundException, URISyntaxException, IOException {
    return new File(
        Class.forName(className).getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static HoldfastTransformer rewritingAll(Recorder recorder) {
    return new HoldfastTransformer(
        Selection.parse("**", null), recorder, true, null, Recorder.OWNER);
  }

  private static Map<String, byte[]> rewrite(
      HoldfastTransformer transformer, Map<String, byte[]> originals) {
    ClassLoader loader = CorpusTest.class.getClassLoader();
    Map<String, byte[]> rewritten = new HashMap<>();
    originals.forEach(
        (name, bytes) -> {
          byte[] changed = transformer.transform(loader, name, null, null, bytes);
          rewritten.put(name, changed == null ? bytes : changed);
        });
    return rewritten;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.objectweb.asm.ClassReader",
        "net.bytebuddy.ByteBuddy",
        "org.assertj.core.api.Assertions",
        "org.junit.jupiter.engine.JupiterTestEngine",
        "org.junit.platform.commons.util.ReflectionUtils",
        "com.tngtech.archunit.ArchConfiguration",
        "net.jqwik.api.Arbitrary",
        "picocli.CommandLine"
      })
  void jvmVerifiesEveryClassOfALibrary(String classInIt) throws Exception {
    Map<String, byte[]> originals = classesBeside(classInIt);
    Recorder recorder = new Recorder();
    HoldfastTransformer transformer = rewritingAll(recorder);
    Map<String, byte[]> rewritten = rewrite(transformer, originals);
    Linking linking = new Linking(rewritten);
    Linking unchanged = new Linking(originals);
    Map<String, String> broken = new TreeMap<>();
    for (String name : rewritten.keySet()) {
      String problem = linking.verify(name);
      if (problem != null && unchanged.verify(name) == null) {
        broken.put(name, problem);
      }
    }
    assertThat(broken).isEmpty();
    assertThat(recorder.leftAlone).isEmpty();
    assertThat(recorder.shapes).hasSizeGreaterThan(originals.size() / 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.objectweb.asm.ClassReader",
        "org.junit.platform.commons.util.ReflectionUtils"
      })
  void checkerAcceptsEveryClassOfALibrary(String classInIt) throws Exception {
    Map<String, byte[]> rewritten = rewrite(rewritingAll(new Recorder()), classesBeside(classInIt));
    StringWriter complaints = new StringWriter();
    for (byte[] classFile : rewritten.values()) {
      ClassReader reader = new ClassReader(classFile);
      reader.accept(new CheckClassAdapter(new ClassWriter(0), false), 0);
      CheckClassAdapter.verify(reader, false, new PrintWriter(complaints, true));
    }
    assertThat(complaints.toString()).isEmpty();
  }
}
