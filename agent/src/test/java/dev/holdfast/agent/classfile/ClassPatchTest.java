package dev.holdfast.agent.classfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceClassVisitor;

/** Adds code to whole libraries, and has ASM add the same. */
class ClassPatchTest {
  private static final Snippet BEFORE = Snippet.moving(Opcode.DUP, Opcode.POP);
  private static final Snippet AFTER =
      Snippet.load(1).calling(new Snippet.Call("a/Hook", "called", "(Ljava/lang/Object;I)V"), 77);
  private static final Snippet FAR_LOCAL =
      Snippet.load(300).calling(new Snippet.Call("a/Hook", "two", "(Ljava/lang/Object;I)V"), 70000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.objectweb.asm.ClassReader",
        "net.bytebuddy.ByteBuddy",
        "org.assertj.core.api.Assertions",
        "com.tngtech.archunit.ArchConfiguration",
        "net.jqwik.api.Arbitrary",
        "picocli.CommandLine"
      })
  void writesWhatAsmWrites(String classInIt) throws Exception {
    Random random = new Random(1);
    int edited = 0;
    for (ClassBytes file : Library.of(classInIt)) {
      Map<Member, MethodEdits> edits = edits(file, random);
      if (edits.isEmpty()) {
        continue;
      }
      ClassPatch patch = new ClassPatch(file);
      edits.values().forEach(patch::edit);
      patch.addField(0x1082, "$added", "I");
      byte[] byAsm =
          FarBranches.write(file, List.of(new ClassPatch.Field(0x1082, "$added", "I")), edits);
      assertThat(text(patch.write())).as(file.pool().thisName()).isEqualTo(text(byAsm));
      edited += edits.size();
    }
    assertThat(edited).isGreaterThan(50);
  }

  @Test
  void knowsTheVersionsThatAsmKnows() {
    assertThat(ClassPatch.NEWEST).isEqualTo(Opcodes.V26);
  }

  /** At calls and writes of fields, where code is added; one in four. */
  private static Map<Member, MethodEdits> edits(ClassBytes file, Random random) {
    Map<Member, MethodEdits> edits = new HashMap<>();
    for (Member method : file.methods()) {
      List<Edit> found = new ArrayList<>();
      for (int pc = 0; method.hasCode() && pc < method.codeLength(); pc = method.next(pc)) {
        int opcode = method.opcode(pc);
        boolean suits = opcode == Opcode.PUTFIELD || opcode == Opcode.INVOKEVIRTUAL;
        if (suits && random.nextInt(4) == 0) {
          found.add(new Edit(pc, BEFORE, random.nextBoolean() ? AFTER : FAR_LOCAL, false));
        }
      }
      if (!found.isEmpty()) {
        edits.put(method, new MethodEdits(method, found, method.maxStack() + 2));
      }
    }
    return edits;
  }

  private static String text(byte[] classFile) {
    StringWriter text = new StringWriter();
    new ClassReader(classFile)
        .accept(new TraceClassVisitor(null, new Textifier(), new PrintWriter(text)), 0);
    return text.toString();
  }
}
