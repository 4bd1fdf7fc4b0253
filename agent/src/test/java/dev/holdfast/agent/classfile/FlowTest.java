package dev.holdfast.agent.classfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** Follows whole libraries, and has ASM follow them too. */
class FlowTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.objectweb.asm.ClassReader",
        "net.bytebuddy.ByteBuddy",
        "com.tngtech.archunit.ArchConfiguration"
      })
  void reachesTheInstructionsThatAsmReachesWithAsManyWordsOnTheStack(String classInIt)
      throws Exception {
    int followed = 0;
    for (ClassBytes file : Library.of(classInIt)) {
      ClassNode node = new ClassNode();
      new ClassReader(file.pool().bytes()).accept(node, 0);
      for (int i = 0; i < node.methods.size(); i++) {
        Member method = file.methods().get(i);
        if (method.hasCode()) {
          assertThat(ours(file, method))
              .as(node.name + "." + method.name() + method.descriptor())
              .isEqualTo(asm(node, node.methods.get(i)));
          followed++;
        }
      }
    }
    assertThat(followed).isGreaterThan(500);
  }

  /** Opcode and depth of each instruction that is reached. */
  private static List<String> ours(ClassBytes file, Member method) {
    List<String> found = new ArrayList<>();
    Flow.follow(
        file.pool(),
        method,
        new Flow.Visitor() {
          @Override
          public void before(int pc, int opcode) {
            found.add(pc + ": " + flow.depth());
          }
        });
    int reached = 0;
    List<String> numbered = new ArrayList<>();
    int number = 0;
    for (int pc = 0; pc < method.codeLength(); pc = method.next(pc), number++) {
      if (reached < found.size() && found.get(reached).startsWith(pc + ": ")) {
        numbered.add(number + found.get(reached++).substring((pc + "").length()));
      }
    }
    assertThat(reached).isEqualTo(found.size()); // in the order of the code
    return numbered;
  }

  private static List<String> asm(ClassNode owner, MethodNode method) throws Exception {
    Frame<BasicValue>[] frames = new Analyzer<>(new BasicInterpreter()).analyze(owner.name, method);
    List<String> found = new ArrayList<>();
    int number = 0;
    for (int i = 0; i < frames.length; i++) {
      if (method.instructions.get(i).getOpcode() >= 0) {
        if (frames[i] != null) {
          int words = 0;
          for (int j = 0; j < frames[i].getStackSize(); j++) {
            words += frames[i].getStack(j).getSize();
          }
          found.add(number + ": " + words);
        }
        number++;
      }
    }
    return found;
  }
}
