package dev.holdfast.agent.classfile;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Entries that are added to a constant pool behind those that are there, each once. */
public final class ConstantAdditions {
  private static final int LIMIT = 0xffff;

  private final Map<Object, Integer> numbers = new HashMap<>();
  private final Bytes bytes = new Bytes(256);
  private int next;

  private final IdentityHashMap<Snippet, byte[]> encoded = new IdentityHashMap<>();

  /** Added to this pool. */
  public ConstantAdditions(ConstantPool pool) {
    next = pool.size();
  }

  /** The size of the pool with all that was added. */
  int size() {
    return next;
  }

  Bytes bytes() {
    return bytes;
  }

  int text(String text) {
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    bytes.u1(ConstantPool.UTF8);
    bytes.text(text);
    return added(text);
  }

  int integer(int value) {
    Integer known = numbers.get(value);
    if (known != null) {
      return known;
    }
    bytes.u1(ConstantPool.INTEGER);
    bytes.u4(value);
    return added(value);
  }

  int method(Snippet.Call call) {
    int owner = one(ConstantPool.CLASS, text(call.owner()));
    int nameAndType = two(ConstantPool.NAME_AND_TYPE, text(call.name()), text(call.descriptor()));
    return two(ConstantPool.METHOD_REF, owner, nameAndType);
  }

  /** The bytes of code; the same code is asked for again and again. */
  byte[] encoded(Snippet snippet) {
    byte[] bytes = encoded.get(snippet);
    if (bytes == null) {
      Bytes out = new Bytes(16);
      snippet.writeTo(out, this);
      bytes = out.toArray();
      encoded.put(snippet, bytes);
    }
    return bytes;
  }

  int string(String text) {
    return one(ConstantPool.STRING, text(text));
  }

  /** A handle that calls a static method. */
  int handle(Snippet.Call call) {
    return kindAnd(6, method(call));
  }

  int callSite(int bootstrap, int nameAndType) {
    return two(ConstantPool.INVOKE_DYNAMIC, bootstrap, nameAndType);
  }

  private int kindAnd(int kind, int method) {
    Long key = key(ConstantPool.METHOD_HANDLE, kind, method);
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    bytes.u1(ConstantPool.METHOD_HANDLE);
    bytes.u1(kind);
    bytes.u2(method);
    return added(key);
  }

  private int one(int tag, int entry) {
    Long key = key(tag, entry, 0);
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    bytes.u1(tag);
    bytes.u2(entry);
    return added(key);
  }

  private int two(int tag, int first, int second) {
    Long key = key(tag, first, second);
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    bytes.u1(tag);
    bytes.u2(first);
    bytes.u2(second);
    return added(key);
  }

  private static Long key(int tag, int first, int second) {
    return (long) tag << 32 | (long) first << 16 | second;
  }

  private int added(Object key) {
    if (next >= LIMIT) {
      throw tooMany(next + 1);
    }
    numbers.put(key, next);
    return next++;
  }

  /** Says that the pool would be too large. */
  static IllegalArgumentException tooMany(int size) {
    return new IllegalArgumentException(
        "its constant pool would have " + size + " entries or more (the limit is " + LIMIT + ")");
  }
}
