package dev.holdfast.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The class in package {@code java.lang} that rewritten code calls: for each public static method
 * of the hooks one that hands on. It cannot be compiled with the rest, because nothing outside
 * {@code java.base} may be in that package. Written by hand, because ASM's first class takes 20 ms,
 * and a program without managed classes needs no other.
 *
 * <pre>
 *   magic, version | count, constants | access, this, super | no interfaces | no fields
 *   | count, methods: access, name, descriptor, one attribute: Code | no attributes
 * </pre>
 */
final class EntryClass {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int JAVA_17 = 61;
  private static final int CLASS_ACCESS = 0x1031; // public final super synthetic
  private static final int METHOD_ACCESS = 0x0009; // public static

  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int METHOD_REF = 10;
  private static final int NAME_AND_TYPE = 12;

  private static final int ILOAD = 0x15;
  private static final int LLOAD = 0x16;
  private static final int FLOAD = 0x17;
  private static final int DLOAD = 0x18;
  private static final int ALOAD = 0x19;
  private static final int IRETURN_LESS_ILOAD = 0xac - ILOAD;
  private static final int RETURN = 0xb1;
  private static final int INVOKESTATIC = 0xb8;

  private final ByteArrayOutputStream constantBytes = new ByteArrayOutputStream();
  private final DataOutputStream constants = new DataOutputStream(constantBytes);
  private final Map<String, Integer> numbers = new HashMap<>();
  private int next = 1;

  private EntryClass() {}

  /**
   * The class file of an entry class.
   *
   * @param name its internal name
   * @param targets the classes whose public static methods it has, each name and descriptor once
   */
  static byte[] delegatingTo(String name, List<Class<?>> targets) throws IOException {
    return new EntryClass().write(name, targets);
  }

  private byte[] write(String name, List<Class<?>> targets) throws IOException {
    ByteArrayOutputStream methodBytes = new ByteArrayOutputStream();
    DataOutputStream methods = new DataOutputStream(methodBytes);
    int count = 0;
    for (Class<?> target : targets) {
      for (Method method : target.getDeclaredMethods()) {
        if ((method.getModifiers() & METHOD_ACCESS) == METHOD_ACCESS) {
          delegate(method, methods);
          count++;
        }
      }
    }
    int self = classEntry(name);
    int above = classEntry("java/lang/Object");

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeShort(0);
    out.writeShort(JAVA_17);
    out.writeShort(next);
    constantBytes.writeTo(out);
    out.writeShort(CLASS_ACCESS);
    out.writeShort(self);
    out.writeShort(above);
    out.writeShort(0); // interfaces
    out.writeShort(0); // fields
    out.writeShort(count);
    methodBytes.writeTo(out);
    out.writeShort(0); // attributes
    return bytes.toByteArray();
  }

  private void delegate(Method method, DataOutputStream out) throws IOException {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    StringBuilder descriptor = new StringBuilder("(");
    int slots = 0;
    for (Class<?> parameter : method.getParameterTypes()) {
      descriptor.append(parameter.descriptorString());
      code.write(load(parameter)); // -> arguments
      code.write(slots);
      slots += words(parameter);
    }
    Class<?> result = method.getReturnType();
    descriptor.append(')').append(result.descriptorString());
    String owner = method.getDeclaringClass().getName().replace('.', '/');
    int target = methodEntry(owner, method.getName(), descriptor.toString());
    code.write(INVOKESTATIC); // -> result
    code.write(target >> Byte.SIZE);
    code.write(target);
    code.write(result == void.class ? RETURN : load(result) + IRETURN_LESS_ILOAD); // ->

    out.writeShort(METHOD_ACCESS);
    out.writeShort(utf8Entry(method.getName()));
    out.writeShort(utf8Entry(descriptor.toString()));
    out.writeShort(1); // attributes
    out.writeShort(utf8Entry("Code"));
    out.writeInt(12 + code.size()); // the attribute's length: all that follows
    out.writeShort(Math.max(slots, words(result))); // stack
    out.writeShort(slots); // locals
    out.writeInt(code.size());
    code.writeTo(out);
    out.writeShort(0); // exception table
    out.writeShort(0); // attributes of Code
  }

  private static int load(Class<?> type) {
    if (!type.isPrimitive()) {
      return ALOAD;
    }
    return type == long.class
        ? LLOAD
        : type == double.class ? DLOAD : type == float.class ? FLOAD : ILOAD;
  }

  private static int words(Class<?> type) {
    return type == void.class ? 0 : type == long.class || type == double.class ? 2 : 1;
  }

  private int utf8Entry(String text) throws IOException {
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    constants.writeByte(UTF8);
    constants.writeUTF(text);
    numbers.put(text, next);
    return next++;
  }

  private int classEntry(String name) throws IOException {
    int text = utf8Entry(name);
    constants.writeByte(CLASS);
    constants.writeShort(text);
    return next++;
  }

  private int methodEntry(String owner, String name, String descriptor) throws IOException {
    int ownerEntry = classEntry(owner);
    int nameEntry = utf8Entry(name);
    int descriptorEntry = utf8Entry(descriptor);
    constants.writeByte(NAME_AND_TYPE);
    constants.writeShort(nameEntry);
    constants.writeShort(descriptorEntry);
    int nameAndType = next++;
    constants.writeByte(METHOD_REF);
    constants.writeShort(ownerEntry);
    constants.writeShort(nameAndType);
    return next++;
  }
}
