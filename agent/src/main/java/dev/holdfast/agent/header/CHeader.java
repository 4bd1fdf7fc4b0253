package dev.holdfast.agent.header;

import dev.holdfast.layout.FieldKind;
import dev.holdfast.layout.FieldPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.objectweb.asm.Type;

/**
 * The text of a C header that describes mirrors; valid as C11 and as C++17.
 *
 * <p>For each class: a struct, {@code NAME_of}, and one {@code NAME_member_field} constant for each
 * member; for the file: {@code FILE_init}. Two runs over the same classes give the same text.
 */
final class CHeader {
  private final String fileName;
  private final String base;
  private final CNames scope = new CNames();
  private final List<CStruct> structs = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  /**
   * Begins a header.
   *
   * @param fileName of the header, without directory: {@code people.h} gives {@code people_init}
   */
  CHeader(String fileName) {
    this.fileName = fileName;
    int dot = fileName.lastIndexOf('.');
    this.base =
        CNames.identifier(
            (dot > 0 ? fileName.substring(0, dot) : fileName).replaceAll("[^A-Za-z0-9_]", "_"));
  }

  /**
   * Adds a class's struct.
   *
   * @throws HeaderException if another class has its name
   */
  void add(CStruct struct) {
    if (!scope.take(struct.name())) {
      for (CStruct other : structs) {
        if (other.name().equals(struct.name())) {
          throw new HeaderException(
              struct.plan().name()
                  + " and "
                  + other.plan().name()
                  + " would both be called "
                  + struct.name()
                  + " in "
                  + fileName
                  + ": give one of them a header of its own, with another --prefix");
        }
      }
    }
    structs.add(struct);
  }

  /** The header's text. */
  @Override
  public String toString() {
    text.setLength(0);
    String guard = base.toUpperCase(Locale.ROOT) + "_H_HOLDFAST";
    String init = scope.claim(base + "_init");
    top(guard, init);
    for (CStruct struct : structs) {
      struct(struct);
    }
    init(init);
    line("#undef HF_LAYOUT_IS");
    line("");
    line("#ifdef __cplusplus");
    line("}");
    line("#endif");
    line("");
    line("#endif /* " + guard + " */");
    return text.toString();
  }

  private void top(String guard, String init) {
    line("/*");
    line(" * Mirrors of Java classes. Written by 'holdfast header': do not edit, run it again.");
    line(" *");
    line(
        " * "
            + init
            + "() is called once, before anything else here. NAME_of(ref) gives the mirror of");
    line(
        " * an object, or NULL with hf_last_status() if the handle is stale or of another type;"
            + " the");
    line(
        " * pointer is valid until the scope ends in which it was asked for (hf_enter, hf_exit)."
            + " The");
    line(" * members are read, never written. An hf_ref that is read from a mirror is borrowed.");
    line(" */");
    line("#ifndef " + guard);
    line("#define " + guard);
    line("");
    line("#include \"holdfast.h\"");
    line("");
    line("#include <stddef.h>");
    line("#include <stdint.h>");
    line("");
    line("#ifdef __cplusplus");
    line("#define HF_LAYOUT_IS(what) static_assert(what, #what)");
    line("extern \"C\" {");
    line("#else");
    line("#define HF_LAYOUT_IS(what) _Static_assert(what, #what)");
    line("#endif");
    line("");
  }

  private void struct(CStruct struct) {
    String name = struct.name();
    List<FieldPlan> fields = struct.plan().fields();
    line("/* " + comment(struct.plan().name()) + " */");
    line("typedef struct " + name + " {");
    line("  uint32_t hf_type_id;");
    line("  uint32_t hf_flags;");
    for (int i = 0; i < fields.size(); i++) {
      FieldPlan field = fields.get(i);
      String comment = comment(origin(struct, field) + type(field));
      line("  " + field.kind().cType() + " " + struct.members().get(i) + "; /* " + comment + " */");
    }
    line("} " + name + ";");
    line("");
    line("HF_LAYOUT_IS(sizeof(" + name + ") == " + struct.sizeof() + ");");
    for (int i = 0; i < fields.size(); i++) {
      line(
          "HF_LAYOUT_IS(offsetof("
              + name
              + ", "
              + struct.members().get(i)
              + ") == "
              + fields.get(i).offset()
              + ");");
    }
    line("");
    for (int i = 0; i < fields.size(); i++) {
      String constant = scope.claim(name + "_" + struct.members().get(i) + "_field");
      line("#define " + constant + " ((hf_field)" + hex(fields.get(i).hfField()) + ")");
    }
    line(fields.isEmpty() ? null : "");
    line("static inline const " + name + " *" + scope.claim(name + "_of") + "(hf_ref ref) {");
    line("  static struct hf_expected expected = HF_EXPECTED(");
    line("      " + literal(struct.plan().name()) + ",");
    line("      " + hex(struct.plan().fingerprint()) + ", " + struct.plan().size() + ");");
    line("  return (const " + name + " *)hf_deref_as(ref, &expected);");
    line("}");
    line("");
  }

  private void init(String init) {
    line("/*");
    line(" * Finds the runtime and checks that every class above is laid out as this header says.");
    line(
        " * HF_OK, or the first failure, of which hf_last_error() tells more. A class that is not"
            + " loaded");
    line(" * yet passes: NAME_of checks again.");
    line(" */");
    line("static inline hf_status " + init + "(void) {");
    line("  static const struct {");
    line("    const char *name;");
    line("    uint64_t fingerprint;");
    line("  } types[] = {");
    for (CStruct struct : structs) {
      String name = literal(struct.plan().name());
      line("      {" + name + ", " + hex(struct.plan().fingerprint()) + "},");
    }
    line("  };");
    line("  hf_status status = hf_init(HF_ABI_VERSION);");
    line("  for (size_t i = 0; status == HF_OK && i < sizeof types / sizeof types[0]; i++) {");
    line("    status = hf_type_check(types[i].name, types[i].fingerprint);");
    line("    if (status == HF_ENOTYPE) {");
    line("      status = HF_OK;");
    line("    }");
    line("  }");
    line("  return status;");
    line("}");
    line("");
  }

  private static String origin(CStruct struct, FieldPlan field) {
    String declaring = field.declaringClass();
    return declaring.equals(struct.plan().name()) ? "" : declaring + ": ";
  }

  private static String type(FieldPlan field) {
    return (field.isVolatile() ? "volatile " : "")
        + (field.isFinal() ? "final " : "")
        + Type.getType(field.descriptor()).getClassName()
        + " "
        + field.name()
        + (field.kind() == FieldKind.ENUM ? ": the ordinal, -1 for null" : "");
  }

  private void line(String line) {
    if (line != null) {
      text.append(line).append('\n');
    }
  }

  private static String hex(long value) {
    return "UINT64_C(0x" + String.format("%016x", value) + ")";
  }

  /** Java names may hold nearly anything; a comment must neither end early nor continue. */
  private static String comment(String words) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '\\' && c != '*') {
        safe.append(c);
      } else {
        safe.append(String.format("<U+%04X>", (int) c));
      }
    }
    return safe.toString();
  }

  /** A string literal of ASCII only that holds the text's UTF-8 bytes. */
  private static String literal(String words) {
    StringBuilder literal = new StringBuilder("\"");
    for (byte b : words.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > ' ' && b < 0x7f && b != '"' && b != '\\' && b != '?';
      literal.append(plain ? String.valueOf((char) b) : String.format("\\%03o", b & 0xff));
    }
    return literal.append('"').toString();
  }
}
