package dev.holdfast.jna;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The header beside the recorded binary interface, {@code src/test/abi/holdfast.abi}: what
 * libraries have compiled in stays where it is for ever. A line for each member of a public struct
 * (offset, type, name), each struct's size, each constant.
 *
 * <p>Whoever appends to the table records it: the failing test has written what the header says now
 * to {@code target/holdfast.abi}.
 */
class AbiTest {
  private static final Path HEADER = Path.of("src/main/include/holdfast.h");
  private static final Path RECORDED = Path.of("src/test/abi/holdfast.abi");
  private static final Path NOW = Path.of("target/holdfast.abi");

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern STRUCT =
      Pattern.compile("(struct|union) (hf_\\w+) \\{(.*?)\\}", Pattern.DOTALL);
  private static final Pattern FUNCTION = Pattern.compile("\\(\\*(\\w+)\\)");
  private static final Pattern NAME = Pattern.compile("(\\w+)(\\[\\w+\\])?$");
  private static final Pattern CONSTANT = Pattern.compile("\\b(HF_[A-Z0-9_]+) = -?\\d+");

  @TempDir Path folder;

  @Test
  void nothingThatWasRecordedHasMoved() throws Exception {
    List<String> now = layout();
    Files.createDirectories(NOW.getParent());
    Files.write(NOW, now);
    assertThat(now)
        .as("the header (%s) beside the record (%s)", NOW, RECORDED)
        .containsExactlyElementsOf(Files.readAllLines(RECORDED));
  }

  private List<String> layout() throws Exception {
    String header = COMMENT.matcher(Files.readString(HEADER)).replaceAll("");
    StringBuilder program = new StringBuilder("#include \"holdfast.h\"\n#include <stdio.h>\n");
    program.append("int main(void) {\n");
    STRUCT.matcher(header).results().forEach(struct -> print(struct, program));
    Stream<String> constants = CONSTANT.matcher(header).results().map(found -> found.group(1));
    Stream.concat(Stream.of("HF_ABI_VERSION", "HF_UNMIRRORED"), constants)
        .forEach(
            name ->
                program.append(
                    "  printf(\"%s = %%lld\\n\", (long long)%s);\n".formatted(name, name)));
    return run(program.append("  return 0;\n}\n").toString());
  }

  private static void print(MatchResult struct, StringBuilder program) {
    String type = struct.group(1) + " " + struct.group(2);
    for (String member : struct.group(3).replaceAll("\\s+", " ").split(";")) {
      if (!member.isBlank()) {
        program.append(
            "  printf(\"%s @%%zu %s\\n\", offsetof(%s, %s));\n"
                .formatted(type, member.strip(), type, name(member.strip())));
      }
    }
    program.append("  printf(\"%s: %%zu bytes\\n\", sizeof(%s));\n".formatted(type, type));
  }

  private static String name(String member) {
    return Stream.of(FUNCTION, NAME)
        .map(pattern -> pattern.matcher(member))
        .filter(matcher -> matcher.find())
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no member's name: " + member));
  }

  private List<String> run(String program) throws Exception {
    Path source = folder.resolve("layout.c");
    Path binary = folder.resolve("layout");
    Files.writeString(source, program);
    List<String> compile = new ArrayList<>(List.of(System.getProperty("cc", "cc"), "-std=c11"));
    compile.addAll(List.of("-I", HEADER.getParent().toString(), source.toString(), "-ldl", "-o"));
    compile.add(binary.toString());
    output(compile);
    return output(List.of(binary.toString())).lines().toList();
  }

  private static String output(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
