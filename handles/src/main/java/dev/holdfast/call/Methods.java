package dev.holdfast.call;

import dev.holdfast.collect.Engine;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The methods that C has asked for, and calls of them. C's {@code hf_method}:
 *
 * <pre>
 *  45          | 44     | 43 .. 40       | 39 .. 32            | 19 .. 0
 *  constructor | static | kind of result | number of arguments | number
 * </pre>
 */
public final class Methods {
  private static final long STATIC = 1L << 44;
  private static final long CONSTRUCTOR = 1L << 45;
  private static final int KIND_SHIFT = 40;
  private static final int ARGUMENTS_SHIFT = 32;
  private static final int NUMBER_MASK = 0xfffff;

  /** The kinds by descriptor, numbered as those of fields are; 0 is void. */
  private static final String KINDS = "VZBCSIJFD";

  private static final int KIND_REFERENCE = 10;

  /** With what its class is called by name and descriptor; lives as long as the class. */
  private final ClassValue<Map<String, JavaMethod>> found =
      new ClassValue<>() {
        @Override
        protected Map<String, JavaMethod> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private final Engine engine;
  private final Classes classes;
  private final Numbered<JavaMethod> numbered = new Numbered<>("methods");

  public Methods(Engine engine, Classes classes) {
    this.engine = engine;
    this.classes = classes;
  }

  /**
   * The method of a class, the same bits each time.
   *
   * @param type an {@code hf_type}
   * @throws HandleException ENOTYPE, ENOMETHOD, ENOMEM
   */
  public long find(int type, String name, String descriptor) {
    Class<?> owner = classes.byType(type);
    return method(owner, name, descriptor).bits();
  }

  private JavaMethod method(Class<?> owner, String name, String descriptor) {
    Map<String, JavaMethod> known = found.get(owner);
    String key = name + descriptor;
    JavaMethod method = known.get(key);
    if (method == null) {
      synchronized (known) {
        method = known.get(key);
        if (method == null) {
          method = make(new MethodSearch(owner, name, descriptor).find());
          known.put(key, method);
        }
      }
    }
    return method;
  }

  private JavaMethod make(MethodSearch.Found made) {
    boolean receiver = made.receiver() != null;
    int arguments = made.handle().type().parameterCount() - (receiver ? 1 : 0);
    long flags = made.constructs() ? CONSTRUCTOR : receiver ? 0 : STATIC;
    long bits =
        flags
            | kind(made.handle().type().returnType()) << KIND_SHIFT
            | (long) arguments << ARGUMENTS_SHIFT;
    MethodHandle words = Words.adapt(engine, made.handle(), receiver);
    return numbered.add(number -> new JavaMethod(words, made.receiver(), bits | number));
  }

  private static long kind(Class<?> result) {
    return result.isPrimitive() ? KINDS.indexOf(result.descriptorString()) : KIND_REFERENCE;
  }

  /**
   * Calls a method on words.
   *
   * @param handle of a counted object; of nothing for a static method or constructor
   * @param bits what {@link #find} gave
   * @return the result as a word; a counted handle for a reference
   * @throws HandleException ENOMETHOD, ETYPE, ESTALE, EUNCOUNTED, EUNMIRRORED, EFULL
   * @throws Throwable what the method throws
   */
  public long call(long handle, long bits, long a, long b, long c, long d, long[] more)
      throws Throwable {
    JavaMethod method = numbered.get((int) bits & NUMBER_MASK);
    if (method == null || method.bits() != bits) {
      throw new HandleException(
          Status.ENOMETHOD, "the class of method 0x" + Long.toHexString(bits) + " was unloaded");
    }
    Object receiver = method.receiver() == null ? null : receiver(handle, method.receiver());
    return (long) method.words().invokeExact(receiver, a, b, c, d, more);
  }

  private Object receiver(long handle, Class<?> wanted) {
    Object object = engine.resolve(handle);
    if (!wanted.isInstance(object)) {
      throw new HandleException(
          Status.ETYPE,
          "handle 0x"
              + Long.toHexString(handle)
              + " names a "
              + object.getClass().getName()
              + ", not a "
              + wanted.getName());
    }
    return object;
  }

  /** How many arguments a method has. */
  public static int arguments(long bits) {
    return (int) (bits >>> ARGUMENTS_SHIFT) & 255;
  }

  /**
   * A new exception.
   *
   * @param type an {@code hf_type}
   * @throws HandleException ENOTYPE, ETYPE, ENOMETHOD
   * @throws Throwable what its constructor throws
   */
  public Throwable throwable(int type, String message) throws Throwable {
    Class<?> owner = classes.byType(type);
    if (!Throwable.class.isAssignableFrom(owner)) {
      throw new HandleException(Status.ETYPE, owner.getName() + " is no Throwable");
    }
    MethodHandle made = new MethodSearch(owner, "<init>", "(Ljava/lang/String;)V").find().handle();
    return (Throwable) made.invoke(message);
  }
}
