package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ClassBytes;
import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.classfile.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  static TypeFacts of(ClassBytes file) {
    List<Field> fields = new ArrayList<>(file.fields().size());
    for (Member field : file.fields()) {
      fields.add(new Field(field.name(), field.descriptor(), field.access()));
    }
    ConstantPool pool = file.pool();
    return new TypeFacts(pool.thisName(), pool.superName(), pool.access(), List.copyOf(fields));
  }

  /** A name that an object's field shares with another field, static or not; null if none does. */
  String ambiguousName() {
    Map<String, Field> names = new HashMap<>();
    for (Field field : fields) {
      Field other = names.put(field.name, field);
      if (other != null && !(field.isStatic() && other.isStatic())) {
        return field.name;
      }
    }
    return null;
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
