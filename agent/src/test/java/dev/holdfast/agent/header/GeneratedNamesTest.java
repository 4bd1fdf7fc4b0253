package dev.holdfast.agent.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Classes that no Java compiler writes, but others do. */
class GeneratedNamesTest {
  /** What system headers a C library's source is likely to have included. */
  private static final String HEADERS =
      Stream.of(
              "assert",
              "complex",
              "ctype",
              "errno",
              "float",
              "inttypes",
              "limits",
              "locale",
              "math",
              "signal",
              "stdarg",
              "stdbool",
              "stddef",
              "stdint",
              "stdio",
              "stdlib",
              "string",
              "time",
              "wchar",
              "unistd",
              "sys/types",
              "sys/stat",
              "pthread",
              "fcntl")
          .map(name -> "#include <" + name + ".h>\n")
          .collect(Collectors.joining());

  @TempDir private Path directory;

  @Test
  void compilesWhateverJavaNamesAreReservedInC() throws Exception {
    Set<String> names = new LinkedHashSet<>(ReservedNames.all());
    names.addAll(
        List.of("_Bool", "_Static_assert", "__FILE__", "__LINE__", "__GNUC__", "__x", "_Xyz"));
    assertThat(names).hasSizeGreaterThan(250);
    define("acme.Reserved", names);
    define("acme.linux", List.of("x"));
    define("acme.FILE", List.of("x"));
    String header = generate("words.h", "acme.Reserved", "acme.linux", "acme.FILE");
    assertThat(header)
        .contains("  int32_t class_;", "  int32_t linux_;", "  int32_t __FILE___;")
        .contains("} linux_;", "} FILE_;");
    compile("words.h", header);
  }

  @Test
  void reservesWhatTheCompilersPredefine() throws Exception {
    for (CCompiler compiler : CCompiler.values()) {
      assertThat(compiler.predefinedMacros())
          .as("%s", compiler)
          .isNotEmpty()
          .allMatch(ReservedNames::contains);
    }
  }

  @Test
  void turnsNamesThatAreNoIdentifiersIntoSome() throws Exception {
    define(
        "acme.Kotlin$",
        List.of("$$delegate_0", "x-impl", "this$0", "größe", "a b", "1st", "a$b", "a_b", "é*/"));
    String header = generate("odd.h", "acme.Kotlin$");
    assertThat(header)
        .contains("} Kotlin_;")
        .contains("  int32_t __delegate_0_;", "  int32_t x_u002Dimpl;", "  int32_t this_0;")
        .contains("  int32_t gr_u00F6_u00DFe;", "  int32_t a_u0020b;", "  int32_t _1st;")
        .contains("  int32_t a_b_; /* int a$b */", "  int32_t a_b; /* int a_b */");
    compile("odd.h", header);
  }

  @Test
  void passesANonAsciiClassNameAsUtf8() throws Exception {
    define("acme.Bär", List.of("x"));
    String header = generate("bear.h", "acme.Bär");
    assertThat(header).contains("} B_u00E4r;").contains("\"acme.B\\303\\244r\"");
    compile("bear.h", header);
  }

  @Test
  void keepsConstantsAndFunctionsApartThatFallTogether() throws Exception {
    define("acme.A", List.of("b_c"));
    define("acme.A_b", List.of("c"));
    define("acme.A_of", List.of());
    define("acme.same_init", List.of());
    String header = generate("same.h", "acme.A", "acme.A_b", "acme.A_of", "acme.same_init");
    assertThat(header)
        .contains("#define A_b_c_field ", "#define A_b_c_field_ ")
        .contains("*A_of_(hf_ref ref)", "hf_status same_init_(void)");
    compile("same.h", header);
  }

  @Test
  void reportsEveryOffsetThatTheCompilerSees() throws Exception {
    List<String> descriptors = List.of("Z", "J", "B", "D", "C", "F", "S", "I", "[I", "B", "Z");
    ClassWriter writer = begin("acme.Offsets");
    StringBuilder prints = new StringBuilder();
    for (int i = 0; i < descriptors.size(); i++) {
      writer.visitField(0, "f" + i, descriptors.get(i), null, null);
      prints.append("printf(\"%d \", (int)offsetof(Offsets, f").append(i).append("));");
    }
    end("acme.Offsets", writer);
    Files.writeString(directory.resolve("o.h"), generate("o.h", "acme.Offsets"));
    String main = "#include \"o.h\"\n#include <stdio.h>\nint main(void){" + prints + "return 0;}\n";

    try (ClassPath classPath = new ClassPath(directory.toString())) {
      String planned =
          new Hierarchies(classPath, HeaderGenerator::outsideTheJdk, warning -> {})
              .plan("acme.Offsets").fields().stream()
                  .map(field -> field.offset() + " ")
                  .collect(Collectors.joining());
      assertThat(planned).startsWith("8 16 24 32 40 44 48 52 56 64 65");
      for (CCompiler compiler : CCompiler.values()) {
        assertThat(compiler.run(directory, main)).as("%s", compiler).isEqualTo(planned);
      }
    }
  }

  private void compile(String file, String header) throws Exception {
    Files.writeString(directory.resolve(file), header);
    String include = "#include \"" + file + "\"\n";
    // GNU modes predefine more, and the C library shows more in them
    for (CCompiler compiler : List.of(CCompiler.C11_GNU, CCompiler.CPP17_GNU)) {
      compiler.run(directory, HEADERS + include + "int main(void) { return 0; }\n");
      compiler.run(directory, include + HEADERS + "int main(void) { return 0; }\n");
    }
  }

  private String generate(String file, String... names) {
    try (ClassPath classPath = new ClassPath(directory.toString())) {
      return new HeaderGenerator(classPath, HeaderGenerator::outsideTheJdk, "", warning -> {})
          .header(file, List.of(names));
    }
  }

  private void define(String name, Iterable<String> fields) throws Exception {
    ClassWriter writer = begin(name);
    for (String field : fields) {
      writer.visitField(0, field, "I", null, null);
    }
    end(name, writer);
  }

  private static ClassWriter begin(String name) {
    ClassWriter writer = new ClassWriter(0);
    String own = name.replace('.', '/');
    writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, own, null, "java/lang/Object", null);
    return writer;
  }

  private void end(String name, ClassWriter writer) throws Exception {
    Path file = directory.resolve(name.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, writer.toByteArray());
  }
}
