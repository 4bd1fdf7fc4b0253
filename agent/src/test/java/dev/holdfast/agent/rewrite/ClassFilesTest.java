package dev.holdfast.agent.rewrite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.classfile.ConstantPool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

final class ClassFilesTest {
  private static final String SMALL = "dev/holdfast/agent/rewrite/ClassFilesTest";

  /** In a jar, and with a constant pool that is longer than what is read first. */
  private static final String LARGE = "org/objectweb/asm/ClassReader";

  private final ClassLoader system = ClassLoader.getSystemClassLoader();

  @Test
  void theClassPathGivesWhatTheClassLoaderGives() throws IOException {
    for (String name : new String[] {SMALL, LARGE}) {
      byte[] expected;
      try (InputStream file = system.getResourceAsStream(name + ".class")) {
        expected = file.readAllBytes();
      }
      try (InputStream file = SystemClassPath.open(system, name + ".class")) {
        assertNotNull(file, name);
        assertArrayEquals(expected, file.readAllBytes());
      }
      assertArrayEquals(expected, ClassFiles.find(system, name));
    }
  }

  @Test
  void ofAPoolNoMoreOfTheFileIsReadThanNeeded() {
    assertTrue(new ConstantPool(ClassFiles.find(system, LARGE)).size() > 1000);
    for (String name : new String[] {SMALL, LARGE}) {
      ConstantPool whole = new ConstantPool(ClassFiles.find(system, name));
      ConstantPool pool = ClassFiles.findPool(system, name);
      assertEquals(name, pool.thisName());
      assertEquals(whole.superName(), pool.superName());
      assertEquals(whole.size(), pool.size());
      assertTrue(pool.bytes().length <= whole.bytes().length);
    }
    assertTrue(
        ClassFiles.findPool(system, LARGE).bytes().length < ClassFiles.find(system, LARGE).length);
  }

  @Test
  void whatIsNotFoundOrNoClassFileIsNull() {
    assertNull(ClassFiles.find(system, "no/such/Class"));
    assertNull(ClassFiles.findPool(system, "no/such/Class"));
    assertNull(ClassFiles.findPool(giving(new byte[] {1, 2, 3, 4, 5}), "A"));
    byte[] file = classFile();
    assertEquals("A", ClassFiles.findPool(giving(file), "A").thisName());
    for (int length = 0; length < file.length; length++) {
      ConstantPool pool = ClassFiles.findPool(giving(Arrays.copyOf(file, length)), "A");
      assertTrue(pool == null || pool.thisName().equals("A"), length + " bytes");
    }
  }

  private static byte[] classFile() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "A", null, "java/lang/Object", null);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static ClassLoader giving(byte[] file) {
    return new ClassLoader(null) {
      @Override
      public InputStream getResourceAsStream(String name) {
        return new ByteArrayInputStream(file);
      }
    };
  }
}
