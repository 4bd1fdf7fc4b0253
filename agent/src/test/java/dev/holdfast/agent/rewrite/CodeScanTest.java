package dev.holdfast.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class CodeScanTest {
  /** Reads the same classes with ASM, which is the slow way. */
  @Test
  void findsTheWritesThatAsmFinds() throws Exception {
    Path jar =
        Path.of(ClassReader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    int classes = 0;
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        byte[] classFile = bytes(file, entry);
        assertThat(scanned(classFile)).as(entry.getName()).isEqualTo(visited(classFile));
        classes++;
      }
    }
    assertThat(classes).isGreaterThan(30);
  }

  @Test
  void comesThroughSwitchesAndWideInstructions() throws IOException {
    for (Class<?> type : new Class<?>[] {sample.Switches.class, sample.Point.class}) {
      String file = "/" + type.getName().replace('.', '/') + ".class";
      try (InputStream in = type.getResourceAsStream(file)) {
        byte[] classFile = in.readAllBytes();
        assertThat(scanned(classFile)).isEqualTo(visited(classFile)).isNotEmpty();
      }
    }
  }

  @Test
  void comesThroughWideLocalVariables() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, 0, "generated/Wide", null, "java/lang/Object", null);
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "wide", "()V", null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0xb5b5); // 0xb5 is PUTFIELD
    code.visitInsn(Opcodes.ICONST_0);
    code.visitFieldInsn(Opcodes.PUTFIELD, "generated/Other", "field", "I");
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(2, 0xb5b6);
    code.visitEnd();
    writer.visitEnd();
    assertThat(scanned(writer.toByteArray())).containsExactly("generated/Other");
  }

  private static byte[] bytes(JarFile file, JarEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static Set<String> scanned(byte[] classFile) {
    ConstantPool pool = new ConstantPool(classFile);
    boolean[] owners = CodeScan.ownersOfWrittenFields(pool);
    Set<String> names = new TreeSet<>();
    for (int i = 1; i < owners.length; i++) {
      if (owners[i]) {
        names.add(pool.className(i));
      }
    }
    return names;
  }

  private static Set<String> visited(byte[] classFile) {
    Set<String> names = new TreeSet<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitFieldInsn(int opcode, String owner, String field, String kind) {
                    if (opcode == Opcodes.PUTFIELD) {
                      names.add(owner);
                    }
                  }
                };
              }
            },
            0);
    return names;
  }
}
