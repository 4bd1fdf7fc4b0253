package dev.holdfast.agent.rewrite;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class file says of a class in a managed hierarchy.
 *
 * @param name internal name, {@code a/b/C}
 * @param superName internal name of the superclass, or null
 * @param access the class's access flags
 * @param fields its own fields, static ones too, in class-file order
 */
record TypeFacts(String name, String superName, int access, List<Field> fields) {
  /** A field as the class file declares it. */
  record Field(String name, String descriptor, int access) {
    boolean isStatic() {
      return Modifier.isStatic(access);
    }
  }

  static TypeFacts of(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    List<Field> fields = new ArrayList<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public FieldVisitor visitField(
              int access, String name, String descriptor, String signature, Object value) {
            fields.add(new Field(name, descriptor, access));
            return null;
          }
        },
        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    return new TypeFacts(
        reader.getClassName(), reader.getSuperName(), reader.getAccess(), List.copyOf(fields));
  }

  /** The field of this name and descriptor that the class itself declares, or null. */
  Field field(String fieldName, String descriptor) {
    for (Field field : fields) {
      if (field.name.equals(fieldName) && field.descriptor.equals(descriptor)) {
        return field;
      }
    }
    return null;
  }
}
