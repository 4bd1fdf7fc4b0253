package dev.holdfast.demo;

import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The classes that a class file names: in its code, in what it calls, and in what it declares. */
final class ClassReferences extends ClassVisitor {
  private static final int CONSTANT_CLASS = 7;
  private static final int CONSTANT_NAME_AND_TYPE = 12;

  private final Set<String> names = new LinkedHashSet<>();

  private ClassReferences() {
    super(Opcodes.ASM9);
  }

  /** Their names with slashes, each once, in the order of the class file. */
  static Set<String> of(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassReferences references = new ClassReferences();
    references.readConstants(reader);
    reader.accept(
        references, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return references.names;
  }

  private void readConstants(ClassReader reader) {
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int at = reader.getItem(i);
      int tag = at == 0 ? 0 : reader.readByte(at - 1); // 0: the second half of a long or double
      if (tag == CONSTANT_CLASS) {
        add(Type.getObjectType(reader.readUTF8(at, buffer)));
      } else if (tag == CONSTANT_NAME_AND_TYPE) {
        add(Type.getType(reader.readUTF8(at + 2, buffer)));
      }
    }
  }

  private void add(Type type) {
    switch (type.getSort()) {
      case Type.OBJECT -> names.add(type.getInternalName());
      case Type.ARRAY -> add(type.getElementType());
      case Type.METHOD -> {
        add(type.getReturnType());
        for (Type argument : type.getArgumentTypes()) {
          add(argument);
        }
      }
      default -> {
        // a primitive
      }
    }
  }

  @Override
  public FieldVisitor visitField(
      int access, String name, String descriptor, String signature, Object value) {
    add(Type.getType(descriptor));
    return null;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    add(Type.getType(descriptor));
    return null;
  }
}
