package dev.holdfast.agent.header;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class file says that matters here.
 *
 * @param name binary name with dots
 * @param superName binary name with dots; null for {@code java.lang.Object}
 * @param access the class's own access flags
 * @param outerName binary name of the class that it is a member of; null otherwise
 * @param innerName its simple name as a member; null otherwise
 * @param optsOut whether it bears {@code @Mirrored(false)}
 * @param fields in declared order, static ones too
 */
record ClassFile(
    String name,
    String superName,
    int access,
    String outerName,
    String innerName,
    boolean optsOut,
    List<Field> fields) {
  private static final String MIRRORED = "Ldev/holdfast/Mirrored;";

  record Field(String name, String descriptor, int access) {}

  boolean isInterface() {
    return (access & Opcodes.ACC_INTERFACE) != 0;
  }

  /** As the agent sees it: the class that a constant's body makes is none. */
  boolean isEnum() {
    return (access & Opcodes.ACC_ENUM) != 0 && "java.lang.Enum".equals(superName);
  }

  /**
   * Parses a class file.
   *
   * @throws IllegalArgumentException if it is damaged or of a Java version that this build cannot
   *     read
   */
  static ClassFile read(byte[] bytes) {
    Reading reading = new Reading();
    try {
      new ClassReader(bytes)
          .accept(
              reading, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a class file, or cut off", e);
    }
    return new ClassFile(
        reading.name,
        reading.superName,
        reading.access,
        reading.outerName,
        reading.innerName,
        reading.optsOut,
        reading.fields);
  }

  private static String dotted(String internalName) {
    return internalName == null ? null : internalName.replace('/', '.');
  }

  private static final class Reading extends ClassVisitor {
    final List<Field> fields = new ArrayList<>();
    String name;
    String superName;
    int access;
    String outerName;
    String innerName;
    boolean optsOut;

    Reading() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version, int flags, String own, String signature, String above, String[] interfaces) {
      name = dotted(own);
      superName = dotted(above);
      access = flags;
    }

    @Override
    public void visitInnerClass(String inner, String outer, String simple, int flags) {
      if (dotted(inner).equals(name)) {
        outerName = dotted(outer);
        innerName = simple;
      }
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      if (!descriptor.equals(MIRRORED)) {
        return null;
      }
      return new AnnotationVisitor(Opcodes.ASM9) {
        @Override
        public void visit(String element, Object value) {
          optsOut |= element.equals("value") && Boolean.FALSE.equals(value);
        }
      };
    }

    @Override
    public FieldVisitor visitField(
        int flags, String field, String descriptor, String signature, Object value) {
      fields.add(new Field(field, descriptor, flags));
      return null;
    }
  }
}
