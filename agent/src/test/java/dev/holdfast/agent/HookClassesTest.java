package dev.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.hook.Hooks;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HookClassesTest {
  /** A class of the package that is not found would be defined by the system class loader. */
  @Test
  void everyClassOfThePackageIsFound() throws Exception {
    Path classes = Path.of(Hooks.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(HookClasses.read(classes.toFile()).keySet()).isEqualTo(compiled(classes));
  }

  /** {@code classes}: a folder, or in a build with packages the jar. */
  private static Set<String> compiled(Path classes) throws IOException {
    if (Files.isDirectory(classes)) {
      return in(classes);
    }
    try (FileSystem jar = FileSystems.newFileSystem(classes)) {
      return in(jar.getPath("/"));
    }
  }

  private static Set<String> in(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("dev/holdfast/hook"))) {
      return new TreeSet<>(
          files
              .map(file -> "dev/holdfast/hook/" + file.getFileName())
              .filter(name -> name.endsWith(".class") && !name.contains("package-info"))
              .map(name -> name.replace(".class", ""))
              .toList());
    }
  }

  @Test
  void nothingInThemLeavesTheBootLoader() throws Exception {
    Path classes = Path.of(Hooks.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    for (Map.Entry<String, byte[]> hook : HookClasses.read(classes.toFile()).entrySet()) {
      dev.holdfast.agent.classfile.ConstantPool pool =
          new dev.holdfast.agent.classfile.ConstantPool(hook.getValue());
      for (int i = 1; i < pool.size(); i++) {
        String name = pool.className(i);
        if (name != null && !name.startsWith("[")) {
          assertThat(List.of("java/", "jdk/internal/", "dev/holdfast/hook/"))
              .as("%s mentions %s", hook.getKey(), name)
              .anyMatch(name::startsWith);
        }
      }
    }
  }

  @Test
  void entryClassHandsOnWhateverIsGiven() throws Exception {
    byte[] bytes = EntryClass.delegatingTo("generated/Entry", List.of(Target.class));
    Class<?> entry =
        new ClassLoader(getClass().getClassLoader()) {
          Class<?> define() {
            return defineClass("generated.Entry", bytes, 0, bytes.length);
          }
        }.define();
    assertThat(
            entry
                .getMethod(
                    "join",
                    int.class,
                    long.class,
                    String.class,
                    double.class,
                    float.class,
                    byte[].class)
                .invoke(null, 1, 2L, "s", 3d, 4f, new byte[5]))
        .isEqualTo("1 2 s 3.0 4.0 5");
    assertThat(entry.getMethod("half", double.class).invoke(null, 5d)).isEqualTo(2.5d);
    assertThat(entry.getMethod("twice", long.class).invoke(null, 5L)).isEqualTo(10L);
    assertThat(entry.getMethod("nothing").invoke(null)).isNull();
    assertThat(entry.getDeclaredMethods()).hasSize(4);
  }

  /** Methods to hand on to. */
  @SuppressWarnings("unused")
  public static final class Target {
    private Target() {}

    public static String join(int i, long l, String s, double d, float f, byte[] b) {
      return i + " " + l + " " + s + " " + d + " " + f + " " + b.length;
    }

    public static double half(double d) {
      return d / 2;
    }

    public static long twice(long l) {
      return l * 2;
    }

    public static void nothing() {}

    static void notPublic() {}

    public void notStatic() {}
  }
}
