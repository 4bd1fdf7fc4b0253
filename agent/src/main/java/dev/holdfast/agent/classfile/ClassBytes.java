package dev.holdfast.agent.classfile;

import java.util.ArrayList;
import java.util.List;

/** Where in a class file its fields, its methods and its own attributes are. */
public final class ClassBytes {
  private final ConstantPool pool;
  private final List<Member> fields = new ArrayList<>();
  private final List<Member> methods = new ArrayList<>();
  private final int fieldsAt;
  private final int methodsAt;
  private final int attributesAt;

  public ClassBytes(ConstantPool pool) {
    this.pool = pool;
    int interfaces = pool.interfacesAt();
    fieldsAt = interfaces + 2 + 2 * pool.u2(interfaces);
    methodsAt = read(fieldsAt, fields);
    attributesAt = read(methodsAt, methods);
  }

  private int read(int start, List<Member> members) {
    int at = start + 2;
    for (int i = pool.u2(start); i > 0; i--) {
      int begin = at;
      int body = 0;
      at += Member.ATTRIBUTES + 2;
      for (int n = pool.u2(at - 2); n > 0; n--) {
        int contents = at + Member.ATTRIBUTE_HEADER;
        if (pool.isText(pool.u2(at), "Code")) {
          body = contents;
        }
        at = contents + pool.u4(at + 2);
      }
      members.add(new Member(pool, begin, at, body));
    }
    return at;
  }

  public ConstantPool pool() {
    return pool;
  }

  public List<Member> fields() {
    return fields;
  }

  public List<Member> methods() {
    return methods;
  }

  int fieldsAt() {
    return fieldsAt;
  }

  int methodsAt() {
    return methodsAt;
  }

  int attributesAt() {
    return attributesAt;
  }

  /** Where the contents of the class's own attribute of this name begin, or 0. */
  int attribute(String name) {
    int at = attributesAt + 2;
    for (int n = pool.u2(attributesAt); n > 0; n--) {
      int contents = at + Member.ATTRIBUTE_HEADER;
      if (pool.isText(pool.u2(at), name)) {
        return contents;
      }
      at = contents + pool.u4(at + 2);
    }
    return 0;
  }

  /** A bootstrap method: the entries of its handle and of its arguments. */
  public int[] bootstrap(int number) {
    int at = attribute("BootstrapMethods") + 2;
    for (int i = 0; i < number; i++) {
      at += 4 + 2 * pool.u2(at + 2);
    }
    int[] entries = new int[1 + pool.u2(at + 2)];
    entries[0] = pool.u2(at);
    for (int i = 1; i < entries.length; i++) {
      entries[i] = pool.u2(at + 2 + 2 * i);
    }
    return entries;
  }
}
